"""What has been said so far in a paragraph: of which matter, which time and which body its next figure speaks.

The unit's own and the report year's unless a word says otherwise. When in doubt, `clear` is false and nothing that
follows is taken for a figure of the tables.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.submission.narrative.lexicon import UNKNOWN, Lexicon, Word
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.sentences import Clause
from gongkai.submission.narrative.text_claims import Claim

APPLIED = ("申请", "公开申请", "依申请")
_ABOUT_DISCLOSURE = ("公开", "公开申请", "依申请")
_DISPUTES = ("复议", "诉讼", "争议")
_FOR_INFORMATION = ("公开申请", "依申请")
_LAST_DAY = "12月31日"  # of the year that a report is of; 截至年底 may count all years
_ALL_YEAR = "全年"
_SO_FAR = "累计"
_DENIED = "都未"
_PARTED = ("；", ";")
START, LOST = "", "-"  # nothing counted yet in this sentence; something was counted that is not understood
_OTHER_TIME = re.compile(r"(?:19|20)\d\d(?!\d)|\d月", re.ASCII)
_OTHER_BODY = re.compile(
    "(?<![格布])局(?![中面部])|(?<!大)厅|委(?![员托])|(?<![经承督协创交举])办(?![中事理结件法公好复])|街道|[镇乡县](?!域)|办公室"
    "|政府(?!信息|公报|网站|门户|规章|常务会|全体会|工作报告|采购|投资|文件|服务|职能|数据|治理|会议|公开|公信力|透明|决策|购买)"
    "|(?<![全各我社地园辖专片灾景小])区(?![域分别])|(?<![城超])市(?![场民政])"
    "|[各下所][级属]|各[单部]|支队|大队|法院|检察院|公司|(?<![为以])中心(?![工任环思])|学校|医院|系统(?![梳谋地性化学])"
)
_NO_SUBJECT = (*"在按根依围对向由经与为从以将把", "会同", "联合", "配合", "协同", "协助")
_FAR = 14  # characters within which a body that begins a sentence is its subject


@dataclass
class ParagraphContext:
    """What has been said so far.

    Attributes:
        topic: of the last figure that was understood; START or LOST.
        last: the claim of the last figure, None when it was not understood.
        other_time, elsewhere, other_matter: the sentence speaks of another time, body or matter.
        plans, section: the same for the rest of the paragraph.
        scope: the word by which the sentence speaks of another scope.
        kinds: kinds of dispute of the sentence; latest: those of its last figure of disputes.
        until: the sentence counts up to some day.
        named: the sentence has spoken of the disclosure of information.
        headed: it has named requests, and spoken of nothing else: the next sentence is about them.
        part: what was counted is being broken down (其中). listed: the sentence is a list of outcomes.
        carried: it says how many were carried over, which is said of requests alone.
        channels: it is a list of the ways in which requests came.
        dated: the sentence names the report year. narrowed: it counts only some of the requests.
        begun: something was counted in the sentence.
        requests: the paragraph spoke of the unit's requests last. spoken: the topic at the end of the sentence before.
        fresh: nothing in the sentence was unknown so far. applied: it speaks of requests.
        counts: figures of cases in the paragraph, understood or not.
        soft: the topic was only named, by a clause without a figure.
        other_disputes: the sentence counts disputes of every kind, or may.
        judges: the unit decides others' disputes itself (司法局). of_all: the text is a whole district's.
        asked: the paragraph, or the heading above it, has spoken of requests for information.
        published: it is a list of documents made public. divided: columns of table two that it divides in its own way.
        unread: it counts something that was not understood.
        of_documents: it counts what was issued and what was repealed or is in force, as table two does.
        before_clear: whether the sentence before spoke of the unit's own and of the year.
        of_all_kinds: disputes are counted of which nothing says that they are about disclosure; so_before: in the
            sentence before.
        opening: the text begins, or the sentence before spoke of requests for information.
        whole: what was counted last are requests that came in or were closed: those who applied are told of these; a
            list behind another count (结转下年2件，其中自然人2件) is of that. whole_before: in the sentence before.
    """

    topic: str = START
    last: Claim | None = None
    other_time: bool = False
    elsewhere: bool = False
    other_matter: bool = False
    plans: bool = False
    section: bool = False
    scope: str | None = None
    kinds: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    until: bool = False
    named: bool = False
    headed: bool = False
    part: bool = False
    listed: bool = False
    carried: bool = False
    channels: bool = False
    dated: bool = False
    narrowed: bool = False
    begun: bool = False
    requests: bool = False
    spoken: str = START
    fresh: bool = True
    applied: bool = False
    counts: list[Decimal] = field(default_factory=list)
    soft: bool = False
    opening: bool = True
    asked: bool = False
    of_documents: bool = False
    published: bool = False
    unread: bool = False
    divided: frozenset[str] = frozenset()
    before_clear: bool = True
    of_all_kinds: bool = False
    so_before: bool = False
    other_disputes: bool = False
    judges: bool = False
    of_all: bool = False
    whole: bool = True
    whole_before: bool = True

    @property
    def clear(self) -> bool:
        """Whether the next figure is the unit's own and the year's."""
        return not (self.other_time or self.elsewhere or self.other_matter)

    @property
    def lists(self) -> bool:
        """Whether the next figure may be one of the unit's documents in a list that names other matters too."""
        return self.published and not (self.other_time or self.elsewhere)

    def next_sentence(self) -> None:
        """Forgets what holds for one sentence only. Where requests were spoken of last, a sentence may go on so."""
        was_clear = self.clear and self.scope is None
        goes_on = (self.topic == START or self.topic in lexicon().requests) and self.clear and self.scope is None
        self.requests = goes_on and (self.topic != START or (self.requests and self.fresh))
        self.spoken = self.topic if goes_on else LOST
        self.headed = self.headed and self.topic == START and (self.fresh or self.applied) and self.clear
        self.opening = self.named and self.applied and self.clear
        self.topic, self.last = START if goes_on else LOST, None
        self.other_time, self.elsewhere, self.scope = self.plans, self.section, None
        self.other_matter = False
        self.until, self.named, self.fresh = False, self.headed, True
        self.published = self.unread = False
        self.part = self.soft = self.listed = self.dated = self.narrowed = self.applied = self.begun = False
        self.before_clear = was_clear
        self.so_before, self.of_all_kinds = self.of_all_kinds, False
        self.whole_before, self.whole = self.whole, True
        self.kinds = self.latest = ()

    def next_paragraph(self, *, headed: bool) -> None:
        """Forgets what holds for one paragraph only; `headed`: what stood above was its heading."""
        self.asked &= headed
        self.other_time = self.elsewhere = self.plans = self.section = False
        self.requests, self.spoken = False, START
        self.counts = []

    def go_on(self) -> None:
        """A sentence that begins with 其中 breaks down what the one before it counted last."""
        self.topic, self.of_all_kinds, self.whole = self.spoken, self.so_before, self.whole_before
        self.elsewhere |= not self.before_clear

    def lose(self) -> None:
        """A figure that is not understood: what follows may be a part of it."""
        self.topic, self.last = LOST, None

    def notice(self, words: Sequence[Word], clause: Clause, known: Lexicon) -> None:
        """Takes in what a clause says about time and body, before its figures are read."""
        markers = {word.marker: word.text for word in words if word.marker}
        strange = [word.text for word in words if word.name == UNKNOWN]
        self.fresh &= not strange
        self.until |= "until" in markers and _LAST_DAY not in markers["until"]
        self.named |= any(word.name != UNKNOWN and "公开" in word.text for word in words)
        self.headed |= any(word.name != UNKNOWN and "申请公开" in word.text for word in words)
        self.applied |= any(word.name in APPLIED for word in words)
        self.asked |= any(word.name in _FOR_INFORMATION for word in words)
        self.part |= "part" in markers
        self.narrowed |= any(map(known.narrowed.search, strange))
        if "now" in markers:
            self.other_time = self.plans = False
            self.dated = True
        if "own" in markers:
            self.elsewhere = self.section = self.other_matter = False
            self.scope = None
        self.dated |= any(word.text == _ALL_YEAR for word in words)
        if clause.before in _PARTED and any(word.name in _ABOUT_DISCLOSURE for word in words):
            self.elsewhere, self.other_matter = self.section, False  # a part of a sentence with a matter of its own
        self.scope = markers.get("scope") or (markers.get("wide") if self.of_all else None) or self.scope
        self.plans |= "plans" in markers
        whole_year = self.dated and markers.get("otherwhen") == _SO_FAR  # 本年度…累计
        self.other_time |= bool({"plans", "otherwhen"} & markers.keys() and not whole_year) or any(
            map(_OTHER_TIME.search, strange)
        )
        denied = not clause.quantities and any(word.name == _DENIED for word in words)
        self.elsewhere |= "wide" in markers and "own" not in markers and not self.of_all
        said = {word.name for word in words}
        if said.isdisjoint(_ABOUT_DISCLOSURE) or said.isdisjoint(_DISPUTES):
            self.other_matter |= "matters" in markers and not denied  # 无公文解读, but what follows may be counted
        else:
            self.other_matter = False  # 咨询电话畅通，未发生因信息公开引发的行政复议
        if not strange or "own" in markers:
            return
        if any(map(_OTHER_BODY.search, strange)):
            self.elsewhere = True
            self.section |= self._is_subject(words, clause)
        elif not clause.quantities and clause.whole.endswith(known.narrowing):
            self.elsewhere |= self.narrowed or not self.applied

    def _is_subject(self, words: Sequence[Word], clause: Clause) -> bool:
        """Whether the sentence begins with another body, so that the paragraph goes on about it."""
        said = next((word for word in words if word.marker not in ("filler", "now")), None)
        if clause.before or said is None or said.name != UNKNOWN or said.text.startswith(_NO_SUBJECT):
            return False
        return _OTHER_BODY.search(said.text, 0, _FAR) is not None
