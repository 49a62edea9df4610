"""Mails as units send them, for the tests that put some into a mailbox."""

from email.message import EmailMessage


def mail(
    *files: tuple[str, bytes],
    sender: str = "t01@example.invalid",
    subject: str = "报表",
    text: str = "见附件。",
    **more: str,
) -> bytes:
    """A mail of a unit."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "gk@example.invalid", subject
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()
