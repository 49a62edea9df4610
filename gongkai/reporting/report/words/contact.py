"""The one contact notice: what the profile knows of department, address, postcode, telephone and e-mail."""

from gongkai.profile.models import Contact


def contact_words(contact: Contact) -> str:
    """`区政府办公室政务公开科（地址：…；邮编：…；电话：…；电子邮箱：…）`; what the profile lacks is left out."""
    dialled = contact.phone[:1] in "0123456789+(（"  # else it is a sentence that says where the number stands
    parts = [
        ("地址：", contact.address),
        ("邮编：", contact.postcode),
        ("电话：" if dialled else "", contact.phone),
        ("电子邮箱：", contact.email),
    ]
    return f"{contact.department}（{'；'.join(label + text for label, text in parts if text)}）"
