"""Measures over the lists of documents and interpretations (indicators A1, A3, A4, B1–B3).

A list that was not reported earns 0. A unit may declare that there is none: then nothing is measured, unless 表二 shows
normative documents issued in the year. What a row does not say is never taken in the unit's favour, and rows of
other years prove nothing of this one (`of_the_year`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from gongkai.assessment.measurement import Asked, Measurement, Shortfall, absent, declared_none, rate
from gongkai.assessment.measures.of_the_year import OwnRows, Span, own_rows, proven
from gongkai.assessment.spans import exceeds
from gongkai.assessment.subject import Subject
from gongkai.national_format.figures import NORMATIVE_ISSUED, NORMATIVE_MADE
from gongkai.submission.form import Record
from gongkai.submission.values.document_number import document_number

# 制发件数 of the formats since 2021 and before.
_ISSUED = (NORMATIVE_ISSUED, NORMATIVE_MADE)
_CATEGORIES = {"budget": "预算", "final_account": "决算"}
_NONE_WANTED = "文件清单中没有需要解读的文件"
_UNDATED = "没有填写成文或公开日期，无法确认是本年的文件"


def documents_on_time(subject: Subject, asked: Asked) -> Measurement:
    """A1: published within `working_days` of being made (条例第二十六条).

    A document that is not published and whose limit had not run out when the report came in is not yet due and
    is not counted. A budget carries the day of its approval instead of the day it was made.
    """
    if (missing := _unreported(subject)) is not None:
        return missing
    limit = asked.limits["working_days"]
    handed_in = subject.received_on(subject.accepted) if subject.accepted else subject.as_of
    due: list[Record] = []
    cases = []
    own = _documents(subject)
    for document in own.rows:
        made, published = document[_began(document)], document["published_on"]
        if published is None and made is not None and exceeds(subject.days, made, handed_in, limit) is None:
            continue
        due.append(document)
        if made is None:
            what = "批准" if document["kind"] in _CATEGORIES else "成文"
            cases.append(_case(subject, document, _began(document), f"没有{what}日期，无法证明按时公开"))
        elif published is None:
            cases.append(_case(subject, document, "published_on", "没有公开日期"))
        elif (late := exceeds(subject.days, made, published, limit)) is not None:
            cases.append(_case(subject, document, "published_on", late))
    nothing = "文件清单中没有应公开的文件"
    return own.said(rate(len(due) - len(cases), len(due), "未按时公开", cases, nothing, looked_at=due))


def normative_documents_complete(subject: Subject, _asked: Asked) -> Measurement:
    """A3: normative documents with all elements and with their validity marked."""
    if (missing := _unreported(subject)) is not None:
        return missing
    documents = [d for d in subject.submission.records("documents") if d["kind"] == "normative"]
    cases = []
    for document in documents:
        wanting = [
            (key, text)
            for key, text in (("elements_complete", "要素不齐全"), ("validity_marked", "未标注有效性"))
            if document[key] is not True
        ]
        if wanting:
            cases.append(_case(subject, document, wanting[0][0], "、".join(text for _, text in wanting)))
    passed = len(documents) - len(cases)
    nothing = "文件清单中没有规范性文件"
    return rate(passed, len(documents), "要素或有效性标注不全", cases, nothing, looked_at=documents)


def budget_and_final_account_on_time(subject: Subject, asked: Asked) -> Measurement:
    """A4: of budget and final account, how many were published within `days` calendar days of approval.

    A category counts when every document of it was in time; one that the list does not show was not published.
    """
    if (missing := _unreported(subject)) is not None:
        return missing
    listed = {key: [d for d in _documents(subject).rows if d["kind"] == key] for key in _CATEGORIES}
    limit, passed, cases = asked.limits["days"], 0, []
    for key, name in _CATEGORIES.items():
        late = []
        for document in listed[key]:
            approved, published = document["approved_on"], document["published_on"]
            if approved is None or published is None:
                late.append(_case(subject, document, "approved_on", "缺少批准日期或公开日期"))
            elif published - approved > timedelta(days=limit):
                used = (published - approved).days
                late.append(_case(subject, document, "published_on", f"批准后 {used} 天公开，超过 {limit} 天"))
        if not listed[key]:
            late.append(Shortfall(f"未见{name}公开", subject.at_cell("documents", f"文件清单中没有本年的{name}")))
        passed += not late
        cases += late
    looked_at = [document for key in _CATEGORIES for document in listed[key]]
    return rate(passed, len(_CATEGORIES), "未按时公开", cases, "", "类", looked_at)


def documents_interpreted(subject: Subject, _asked: Asked) -> Measurement:
    """B1: documents that need an interpretation and have one; one of which nobody says so needs it and has none."""
    if (missing := _uninterpretable(subject)) is not None:
        return missing
    wanted, cases = _wanted(subject), []
    for document, readings in _readings(subject, wanted):
        lack = _not_shown(subject, document, readings)
        if lack is None and not proven(_made(document), subject.year):
            lack = _case(subject, document, "published_on", _UNDATED)
        if lack is not None:
            cases.append(lack)
    found = rate(len(wanted) - len(cases), len(wanted), "未解读", cases, _NONE_WANTED, looked_at=wanted)
    return _documents(subject).said(found)


def interpretations_in_step(subject: Subject, asked: Asked) -> Measurement:
    """B2: of the documents that need an interpretation, those whose came within `working_days`, before or after."""
    limit, cases = asked.limits["working_days"], []
    if (missing := _uninterpretable(subject)) is not None:
        return missing
    wanted = _wanted(subject)
    for document, readings in _readings(subject, wanted):
        if (lack := _not_shown(subject, document, readings)) is not None:
            cases.append(lack)
            continue
        issued = document["published_on"]
        dates = [reading["published_on"] for reading in readings if reading["published_on"] is not None]
        if issued is None or not dates:
            cases.append(_case(subject, readings[0], "published_on", "缺少文件或解读的公开日期", document))
            continue
        nearest = min(dates, key=lambda day: (abs(day - issued), day))
        apart = exceeds(subject.days, min(issued, nearest), max(issued, nearest), limit)
        if apart is not None:
            text = f"文件 {issued} 公开，解读 {nearest} 公开，{apart}"
            cases.append(_case(subject, readings[0], "published_on", text, document))
    return rate(len(wanted) - len(cases), len(wanted), "未同步解读", cases, _NONE_WANTED, looked_at=wanted)


def interpretations_multi_form(subject: Subject, asked: Asked) -> Measurement:
    """B3: of the documents that need one, those interpreted in at least `forms` forms, taken together."""
    limit, cases = asked.limits["forms"], []
    if (missing := _uninterpretable(subject)) is not None:
        return missing
    wanted = _wanted(subject)
    for document, readings in _readings(subject, wanted):
        if (lack := _not_shown(subject, document, readings)) is not None:
            cases.append(lack)
            continue
        forms = {form for reading in readings for form in reading["forms"] or ()}
        if not proven(_made(document), subject.year):
            cases.append(_case(subject, document, "published_on", _UNDATED))
        elif len(forms) < limit:
            text = f"解读形式 {len(forms)} 种，要求 {limit} 种"
            cases.append(_case(subject, readings[0], "forms", text, document))
    return rate(len(wanted) - len(cases), len(wanted), "未以多种形式解读", cases, _NONE_WANTED, looked_at=wanted)


def _case(subject: Subject, record: Record, key: str, text: str, document: Record | None = None) -> Shortfall:
    about = document or record
    name = f"《{about['title']}》（{about.id}）"
    return Shortfall(f"{about.id} {text}", subject.at_record(record, key, f"{name}{text}"))


def _began(document: Record) -> str:
    """The day from which a document's time runs: of a budget or account that of its approval."""
    return "approved_on" if document["kind"] in _CATEGORIES else "made_on"


def _documents(subject: Subject) -> OwnRows:
    """The documents made, published or repealed in the year: a list may also show what is in force from before."""
    return own_rows(subject.submission.records("documents"), subject.year, _lived, _same_document)


def _made(document: Record) -> Span:
    return document[_began(document)], document["published_on"]


def _lived(document: Record) -> Span:
    """From its making to the last that the list says of it."""
    began, published = _made(document)
    return began, published and max(published, document["repealed_on"] or published)


def _same_document(document: Record) -> object:
    return document_number(document.id), document["title"], document[_began(document)]


def _wanted(subject: Subject) -> list[Record]:
    """The documents that need an interpretation; a normative one of the year does, whatever its row says."""
    return [
        document
        for document in _documents(subject).rows
        if document["needs_interpretation"] is not False or _normative_of_the_year(document, subject.year)
    ]


def _normative_of_the_year(document: Record, year: int) -> bool:
    made = document["made_on"]
    return document["kind"] == "normative" and (made is None or made.year == year)


def _unreported(subject: Subject) -> Measurement | None:
    """Why there are no documents to look at; None where the list shows some."""
    if subject.submission.records("documents"):
        return None
    for where in _ISSUED:
        if issued := subject.value(where):
            shown = f"表二“行政规范性文件”本年制发 {issued} 件"
            return absent("文件清单", subject.at_cell(where, shown), shown)
    if subject.reported("documents"):
        return declared_none("文件")
    return absent("文件清单", subject.at_cell("documents", "没有报送文件清单"))


def _uninterpretable(subject: Subject) -> Measurement | None:
    """Why interpretations cannot be looked at: B1 to B3 need both lists."""
    if (missing := _unreported(subject)) is not None or subject.reported("interpretations"):
        return missing
    wanted = len(_wanted(subject))
    shown = f"文件清单中有 {wanted} 件文件需要解读" if wanted else ""
    return absent("政策解读清单", subject.at_cell("interpretations", shown or "没有报送政策解读清单"), shown)


def _readings(subject: Subject, documents: Iterable[Record]) -> Iterator[tuple[Record, list[Record]]]:
    """Each of some documents with its interpretations, which may be none, in their order."""
    found: dict[str, list[Record]] = {}
    for interpretation in subject.submission.records("interpretations"):
        found.setdefault(document_number(interpretation["document_number"]), []).append(interpretation)
    for document in documents:
        yield document, found.get(document_number(document.id), [])


def _not_shown(subject: Subject, document: Record, readings: Sequence[Record]) -> Shortfall | None:
    """Why nothing shows that a document was interpreted as it should be; None where something does."""
    if document["needs_interpretation"] is None:
        return _case(subject, document, "needs_interpretation", "没有填写是否需要解读")
    return None if readings else _case(subject, document, "needs_interpretation", "没有解读材料")
