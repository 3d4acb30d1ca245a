"""One report for all reporters: with fixes, second places, and every text that could break a format."""

from __future__ import annotations

from gitops.language.position import Span
from gitops.lint.finding import Edit, Finding, Fix, Related, Severity
from gitops.lint.report import Known, Report, Suppressed

FLOW = "flows/company/team/hello.yml"
ODD = "flows/ünï 'quoted' & <odd>,%3A;]:name.yml"

TEXTS = {
    FLOW: (
        "id: hello\n"
        "namespace: company.team\n"
        "tasks:\n"
        "  - id: greet\n"
        "    type: io.kestra.plugin.core.log.Log\n"
        "    mesage: {a: 日本語, b: \tx}\n"
        "  - id: greet\n"
        "    password: hunter2\n"
        "    message: one\n"
    ),
    ODD: "# 日本語ー é e\u0301 🐙\nid: x\n" + "key: " + "long " * 60 + "\n",
}

HOSTILE = (
    "::error file=x::y ##vso[task.setvariable variable=a]b ##[error]c ]]> <!-- & \"quoted\" 'single' `ticks` "
    "100% %0A; a,b:c] [link](http://evil.example) {0} {{ x }} \x1b[31mred\x1b[0m \x07\x00 \u202eabc \ud800 日本語 🐙"
)

TYPO = Finding(
    "unknown-word",
    Severity.ERROR,
    "unknown property `mesage`",
    FLOW,
    Span(6, 5, 6, 11),
    expected="one of `message`, `level`",
    found="`mesage`",
    help="did you mean `message`?",
    excerpt="    mesage: {a: 日本語, b: \tx}",
    fix=Fix("write `message`", (Edit(Span(6, 5, 6, 11), "message"),), safe=True),
    anchor="tasks.greet.mesage",
)
TWICE = Finding(
    "used-twice",
    Severity.WARNING,
    "`greet` is used twice",
    FLOW,
    Span(7, 9, 7, 14),
    related=(Related(FLOW, Span(4, 9, 4, 14), "first used here"), Related(ODD, Span(2, 1, 2, 3), "and here")),
    excerpt="  - id: greet",
    fix=Fix(
        "write `greet_2`, and the same below",
        (Edit(Span(7, 9, 7, 14), "greet_2"), Edit(Span(9, 14, 9, 17), "two\nthree")),
    ),
    anchor="tasks.1.id",
)
SECRET = Finding(
    "plain-secret",
    Severity.ERROR,
    "a secret is written here",
    FLOW,
    Span(8, 15, 8, 22),
    excerpt="    password: ****",
    fix=Fix("quote it", (Edit(Span(8, 15, 8, 22), '"hunter2"'),), safe=True),
)
LOUD = Finding(
    "hostile-text",
    Severity.WARNING,
    HOSTILE,
    ODD,
    Span(1, 3, 1, 14),
    expected="one\r\ntwo\rthree\tfour\u2028five",
    found="x" * 5_000,
    help=HOSTILE,
    related=(Related(ODD, Span(2, 1, 2, 3), HOSTILE),),
    excerpt="# 日本語ー é e\u0301 🐙",
    anchor="tasks.`]]>`",
)
LONG = Finding("long-line", Severity.INFO, "this is long", ODD, Span(3, 205, 3, 209), excerpt="key: " + "long " * 60)
SEVERAL_LINES = Finding("two-lines", Severity.INFO, "this is long", FLOW, Span(4, 3, 5, 8), excerpt="  - id: greet")

FINDINGS = (TYPO, TWICE, SECRET, SEVERAL_LINES, LOUD, LONG)
LET_BE = Suppressed(TYPO._replace(rule="let-be"), line=5, reason=f"because {HOSTILE}", until="2027-03-01")
OLD = Known(LOUD._replace(rule="old-one"), "2026-11-23")

REPORT = Report(
    FINDINGS,
    files=12,
    skipped=3,
    suppressed=(LET_BE, Suppressed(TWICE._replace(rule="let-be"), line=6)),
    known=(OLD,),
    baseline="baseline.json",
)
CLEAN = Report((), files=12)
