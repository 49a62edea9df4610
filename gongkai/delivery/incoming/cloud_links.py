"""Links to files that lie elsewhere: a mail names them, nobody here follows them. The hosts are data."""

import re

_HOSTS = {
    r"(?:wx\.)?mail\.qq\.com/(?:cgi-bin/ftn|ftn)": "QQ 邮箱超大附件",
    r"mail\.(?:163|126|yeah)\.(?:com|net)/(?:large-attachment|filehub)|dashi\.163\.com|fs\.163\.com": "网易邮箱云附件",
    r"(?:mail|cloud)\.189\.cn|e\.189\.cn/": "天翼邮箱、天翼云盘",
    r"(?:mail|yun|caiyun)\.139\.com": "139 邮箱、移动云盘",
    r"exmail\.qq\.com/.*ftn|drive\.weixin\.qq\.com|doc\.weixin\.qq\.com": "企业微信、腾讯企业邮箱文件",
    r"pan\.baidu\.com|yun\.baidu\.com": "百度网盘",
    r"(?:www\.)?(?:aliyundrive|alipan)\.com|qiye\.aliyun\.com/.*attach": "阿里云盘、阿里邮箱云附件",
    r"share\.weiyun\.com|weiyun\.com": "腾讯微云",
    r"docs\.qq\.com": "腾讯文档",
    r"(?:www\.)?kdocs\.cn|365\.kdocs\.cn": "金山文档",
    r"alidocs\.dingtalk\.com|space\.dingtalk\.com": "钉钉文件",
    r"[a-z0-9-]+\.feishu\.cn": "飞书文档",
    r"(?:[a-z0-9-]+\.)?lanzou[a-z]?\.com|(?:www\.)?123(?:pan|684)\.com|quark\.cn": "网盘",
    r"1drv\.ms|[a-z0-9-]+\.sharepoint\.com|onedrive\.live\.com": "OneDrive",
}
_LINKS = [
    (re.compile(rf"https?://(?:[a-z0-9-]{{1,63}}\.){{0,4}}(?:{host})", re.IGNORECASE), word)
    for host, word in _HOSTS.items()
]
_WORDS = re.compile(r"超大附件|云附件|文件中转站")


def cloud_places(text: str) -> list[str]:
    """Where the files lie that a mail's text only points at, by what people call it; each once."""
    found = [word for link, word in _LINKS if link.search(text)]
    if not found and _WORDS.search(text) and "http" in text:
        found = ["邮箱云附件"]
    return found
