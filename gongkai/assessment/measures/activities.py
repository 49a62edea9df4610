"""Measures over the year's working figures (indicators D3, F2, F3).

Every unit has a guide, rules and training to report: a figure that is missing earns 0 and says so.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from gongkai.assessment.measurement import Asked, Measurement, Shortfall, not_applicable
from gongkai.assessment.subject import Subject
from gongkai.submission.fields import groups


def guide_fresh(subject: Subject, asked: Asked) -> Measurement:
    """D3: the guide was updated at most `days` days before the end of the year (or after it)."""
    where, limit = "activities.guide_updated_on", asked.limits["days"]
    updated: date | None = subject.submission.value(where)
    end = date(subject.year, 12, 31)
    if updated is None:
        return _one(subject, where, Fraction(0), "没有填报公开指南的更新日期")
    age = (end - updated).days
    text = f"公开指南最近更新于 {updated}，距年末 {age} 天，超过 {limit} 天"
    return _one(subject, where, Fraction(age <= limit), text)


def rules_in_place(subject: Subject, asked: Asked) -> Measurement:
    """F2: how many of the four (organisation, staff, rules, funds) are in place."""
    where, of = "activities.rules_in_place", asked.limits["of"]
    given = subject.submission.value(where)
    met = min(int(given or 0), of)
    text = (
        f"机构、人员、制度、经费 {of} 项落实 {met} 项"
        if given is not None
        else "没有填报机构、人员、制度、经费落实项数"
    )
    found = _measured(subject, where, Fraction(met), Fraction(of), text)
    return replace(found, note=f"填报 {given} 项，按 {of} 项计") if given is not None and given > of else found


def training_held(subject: Subject, asked: Asked) -> Measurement:
    """F3: at least `sessions` training sessions were held."""
    where, wanted = "activities.training_sessions", asked.limits["sessions"]
    given = subject.submission.value(where)
    held = min(int(given or 0), wanted)
    text = f"全年培训 {int(given)} 场，要求 {wanted} 场" if given is not None else "没有填报政务公开培训场数"
    return _measured(subject, where, Fraction(held), Fraction(wanted), text)


def training_attendance(subject: Subject, _asked: Asked) -> Measurement:
    """F3: attendees of those expected. Training that was held without these figures earns 0."""
    expected = subject.submission.value("activities.training_expected")
    attended = subject.submission.value("activities.training_attendees")
    if expected is None or attended is None:
        if not subject.value("activities.training_sessions"):
            return not_applicable("没有举办培训，不计到训率")
        key = "training_expected" if expected is None else "training_attendees"
        label = groups()["activities"].fields[key].label
        return _one(subject, f"activities.{key}", Fraction(0), f"举办了培训，但没有填报{label}")
    if expected == 0:
        if not subject.value("activities.training_sessions"):
            return not_applicable("没有举办培训，不计到训率")
        return _one(subject, "activities.training_expected", Fraction(0), "举办了培训，但应到人数填 0，到训率无从计算")
    present = min(int(attended), int(expected))
    text = f"培训应到 {expected} 人次，实到 {attended} 人次"
    return _measured(subject, "activities.training_attendees", Fraction(present), Fraction(int(expected)), text)


def portal_items(subject: Subject, _asked: Asked) -> Measurement:
    """What was published on the portal, to be set against a target on the scheme's scale."""
    return _figure(subject, "portal_items")


def new_media_items(subject: Subject, _asked: Asked) -> Measurement:
    """What was published in new media, to be set against a target on the scheme's scale."""
    return _figure(subject, "new_media_items")


def _figure(subject: Subject, key: str) -> Measurement:
    where, label = f"activities.{key}", groups()["activities"].fields[key].label
    given = subject.submission.value(where)
    if given is None:
        text = f"没有填报{label}"
        return Measurement(True, value=Fraction(0), sentence=text, cases=_at(subject, where, text), scale_free=True)
    found, text = Fraction(int(given)), f"{label} {given}"
    return Measurement(True, found, None, found, text, _at(subject, where, text), looked_at=(where,))


def _at(subject: Subject, where: str, text: str) -> tuple[Shortfall, ...]:
    return (Shortfall("", subject.at_cell(where, text)),)


def _one(subject: Subject, where: str, passed: Fraction, text: str) -> Measurement:
    return _measured(subject, where, passed, Fraction(1), text)


def _measured(subject: Subject, where: str, passed: Fraction, of: Fraction, text: str) -> Measurement:
    cases = () if passed == of else _at(subject, where, text)
    sentence = text if cases else ""
    return Measurement(True, passed, of, passed / of, sentence, cases, looked_at=(where,))
