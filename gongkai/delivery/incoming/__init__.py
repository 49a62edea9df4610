"""Files from where units really send them: mailboxes and remote folders, each file once, into the inbox.

A source that is down is an alert and never a failed run. Nothing here answers a mail, follows a link or judges a file.
"""
