"""Text in many encodings: read rightly, or a person is asked; never guessed into wrong characters."""

from __future__ import annotations

import pytest
from tables import read, values

from sartor.platform.errors import Invalid
from sartor.platform.records.files.encoding import UnsureEncoding, detect, known

CHINESE = (
    "客户名称,联系人,手机,备注\n苏州青禾科技有限公司,张伟,13800000000,重要客户，请尽快联系\n"
    "杭州远山贸易公司,李娜,13900000000,已签合同\n"
)
TAIWAN = (
    "客戶名稱,聯絡人,電話,備註\n臺北青禾科技股份有限公司,張偉,0912345678,重要客戶，請儘快聯絡\n"
    "高雄遠山貿易公司,李娜,0987654321,已簽合約\n"
)
JAPANESE = (
    "会社名,担当者,電話番号,備考\n株式会社あおぞら製作所,山田太郎,03-1234-5678,新しいお客様からのお問い合わせです\n"
)
KOREAN = "회사명,담당자,전화번호,비고\n주식회사 푸른하늘,김철수,02-123-4567,신규 고객이며 상담을 진행하고 있습니다\n"
GERMAN = "Firma,Ort,Straße\nMüller & Söhne,München,Königsstraße\nBäckerei Böhm,Köln,Größenweg\n"
RUSSIAN = "Название,Город\nООО Ромашка,Москва\nЗавод Север,Санкт-Петербург\n"
POLISH = "Nazwa,Miasto\nSpółka Żółw,Łódź\nZakład Śląski,Dąbrowa Górnicza\n"
GREEK = "Επωνυμία,Πόλη\nΠαπαδόπουλος,Αθήνα\nΓαλάζιος Ουρανός,Θεσσαλονίκη\n"
SAMPLES = [
    ("utf-8", CHINESE), ("utf-8-sig", CHINESE), ("utf-16", CHINESE), ("utf-16-le", GERMAN), ("utf-16-be", CHINESE),
    ("utf-32", KOREAN), ("gb18030", CHINESE), ("gbk", CHINESE), ("big5", TAIWAN), ("shift_jis", JAPANESE),
    ("euc_jp", JAPANESE), ("iso2022_jp", JAPANESE), ("euc_kr", KOREAN), ("cp1252", GERMAN), ("iso8859_15", GERMAN),
    ("cp1251", RUSSIAN), ("koi8_r", RUSSIAN), ("cp1250", POLISH), ("cp1253", GREEK),
]  # fmt: skip


def same_text(data: bytes, encoding: str, text: str) -> bool:
    return data.decode(encoding).lstrip("\ufeff") == text


@pytest.mark.parametrize(("encoding", "text"), SAMPLES)
def test_a_file_is_read_rightly_or_somebody_is_asked(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    detection = detect(data)
    if detection.certain:
        assert same_text(data, detection.encoding, text)
    assert any(same_text(data, one.encoding, text) for one in detection.candidates)


@pytest.mark.parametrize(("encoding", "text"), SAMPLES)
def test_the_right_reading_comes_first(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert same_text(data, detect(data).encoding, text)


@pytest.mark.parametrize(("encoding", "text"), SAMPLES)
@pytest.mark.parametrize("length", [5, 8, 13, 21, 34, 55])
def test_a_cut_beginning_is_never_certain_and_wrong(encoding: str, text: str, length: int) -> None:
    data = text[:length].encode(encoding)
    detection = detect(data)
    assert not detection.certain or same_text(data, detection.encoding, text[:length])


@pytest.mark.parametrize(("encoding", "text"), [("gbk", CHINESE), ("big5", TAIWAN), ("euc_kr", KOREAN)])
def test_long_enough_asian_text_needs_no_question(encoding: str, text: str) -> None:
    assert values(read(text.encode(encoding))) == values(read(text))


def test_an_unsure_file_is_refused_with_readable_candidates() -> None:
    with pytest.raises(UnsureEncoding, match="--encoding") as refused:
        read("name,city\nJosé,Málaga\n".encode("cp1252"))
    best = refused.value.detection.candidates[0]
    assert (best.encoding, best.preview) == ("cp1252", "name,city\nJosé,Málaga")
    assert "cp1252" in str(refused.value)


def test_a_chosen_encoding_is_taken() -> None:
    table = read("name,city\nJosé,Málaga\n".encode("cp1252"), encoding="windows-1252")
    assert values(table) == [("José", "Málaga")]


def test_a_wrong_choice_is_refused_with_the_line() -> None:
    with pytest.raises(Invalid, match="line 2"):
        read("name,city\nJosé,Málaga\n".encode("cp1252"), encoding="utf-8")


def test_a_late_foreign_byte_is_found_before_any_row_is_given() -> None:
    data = b"name\n" + b"plain\n" * 60_000 + "Söhne\n".encode("cp1252")
    with pytest.raises(UnsureEncoding) as refused:
        read(data)
    assert "Söhne" in refused.value.detection.candidates[0].preview


def test_the_replacement_character_is_never_certain() -> None:
    assert not detect("name\nM\ufffdnchen\n".encode()).certain


def test_private_use_characters_are_never_certain() -> None:
    assert not detect("name\n\ue000\ue001\n".encode()).certain


def test_a_replacement_character_is_a_problem_even_when_the_encoding_was_chosen() -> None:
    row = next(read("name\nM\ufffdnchen\n".encode(), encoding="utf-8").rows())
    assert [problem.code for problem in row.problems] == ["undecodable"]


def test_an_unknown_encoding_names_the_near_one() -> None:
    with pytest.raises(Invalid, match="gb18030"):
        known("gb18031")


@pytest.mark.parametrize("name", ["rot13", "base64", "unicode_escape", "idna", "zlib", "", "utf-8\x00"])
def test_codecs_that_are_no_text_encodings_are_refused(name: str) -> None:
    with pytest.raises(Invalid):
        known(name)


@pytest.mark.parametrize(
    ("name", "used"), [("GBK", "gb18030"), ("Big5", "cp950"), ("latin-1", "cp1252"), ("UTF8", "utf-8")]
)
def test_a_name_means_the_widest_of_its_family(name: str, used: str) -> None:
    assert known(name) == used


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Invalid, match="neither text"):
        read(bytes(range(256)) * 8)


def test_an_amount_with_its_currency_sign_reads_as_such_first() -> None:
    lines = "".join(f"Firm {number},{number}.410,50 €\n" for number in range(20))
    assert detect(f"name,amount\n{lines}".encode("cp1252")).encoding == "cp1252"
