"""A template filled in from a record: values by their kind, in the language of the template."""

from __future__ import annotations

from sartor.platform.templating.plain import plain_text


def part(sheet, name):
    return next(each for each in sheet.parts if each.name == name)


def said(sheet, name):
    """The lines of a text."""
    return ["".join(run.text for run in line) for each in part(sheet, name).passages for line in each.lines]


def test_values_are_written_by_their_kind(fill, deal):
    sheet = fill("quote", deal)
    assert sheet.subject == "Quotation D-0001"
    assert said(sheet, "text") == ["Dear customer,", "we offer ¥1,234.50 until further notice.", "Stage Qualify"]
    pairs = {pair.label: pair.text for pair in part(sheet, "facts").pairs}
    assert pairs == {"Account · Name": "上海华为技术", "Stage": "Qualify", "Words": "壹仟贰佰叁拾肆元伍角整"}


def test_a_template_speaks_its_language_whatever_the_readers_is(fill, deal):
    sheet = fill("quote", deal, "zh")
    assert said(sheet, "text") == ["客户，您好：", "报价 ¥1,234.50，截至 另行通知。"]
    assert [pair.text for pair in part(sheet, "facts").pairs][1] == "验证客户"
    assert part(sheet, "lines").table.columns[0].label == "序号"


def test_bold_and_points_are_marks_of_the_template(fill, deal):
    passages = part(fill("quote", deal), "text").passages
    assert [each.points for each in passages] == [False, False, True]
    assert [run.text for run in passages[1].lines[0] if run.bold] == ["¥1,234.50"]


def test_lines_stand_in_their_order_with_exact_totals(fill, deal):
    table = part(fill("quote", deal), "lines").table
    assert table.rows == (("1", "Pump", "1.00", "¥1,200.00"), ("2", "Pump", "1.50", "¥34.50"))
    assert table.foot == ("", "Total", "", "¥1,234.50")


def test_a_block_shows_only_where_its_condition_holds(fill, deal, world):
    small = world.make("deal", name="Small", account=world.make("account", name="A"), amount="10")
    assert "big" in [each.name for each in fill("quote", deal).parts]
    assert "big" not in [each.name for each in fill("quote", small).parts]


def test_a_missing_value_leaves_no_hole(fill, world):
    bare = world.make("deal", name="Bare", account=world.make("account", name="B"))
    assert said(fill("quote", bare), "text")[1] == "we offer — until further notice."


def test_moments_choices_links_and_percents_are_said_as_people_say_them(fill, world):
    account = world.make("account", name="C")
    people = [world.make("contact", name=name, account=account, email="x@example.com") for name in ("Li", "Wu")]
    deal = world.make("deal", name="D", account=account, contacts=people)
    assert said(fill("note", deal), "only") == [
        "D · 20 May 2026 12:00 · Open · Li, Wu · 20 %".replace("0 %", "0\u00a0%")
    ]


def test_a_mail_is_plain_text_with_an_address(fill, world):
    account = world.make("account", name="E")
    world.make("contact", name="Li", account=account, email="li@example.com", is_primary=True)
    sheet = fill("mail", world.make("deal", name="Big\ndeal", account=account))
    assert (sheet.to, sheet.subject, plain_text(sheet)) == ("li@example.com", "Offer Big deal", "Phone: E")


def test_a_paper_has_its_size_lines_on_each_page_and_numbers(fill, deal):
    paper = fill("slip", deal, "zh").paper
    assert (paper.size, paper.landscape, paper.margins) == ("slip", True, "wide")
    assert (paper.header, paper.footer) == ("First", "上海华为技术")
    assert paper.numbers == ("第 ", " 页，共 ", " 页")
    assert fill("quote", deal).paper.numbers == ()


def test_what_stands_below_a_signature_is_in_the_language_of_the_paper(fill, deal):
    assert part(fill("quote", deal, "zh"), "signed").signatures[0].under == "签字、日期"
