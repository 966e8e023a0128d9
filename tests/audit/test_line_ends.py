"""A PDF compared with the text that it was made from is clean, wherever its lines end, whoever made it, in both directions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
import typst

from campaign.audit.compare import compare
from campaign.audit.profile import of_document
from campaign.audit.readers.docx import read_docx
from campaign.audit.readers.pdf import read_pdf
from campaign.audit.readers.text import read_text
from campaign.catalogue import store
from campaign.typeset.fonts import load, package_files

FONTS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Bengali",
    "Noto Sans Ethiopic",
    "Noto Sans Myanmar",
    "Noto Sans SC",
)
TAGS = ("de", "fr", "uk", "bn", "zh-Hans", "ar", "fa", "am", "hi", "my")
RTL = ("ar", "fa")
#: Addresses that a line end parts: at hyphens of their own, at dots and slashes, in the middle of a word.
CONTACTS = {
    "phone": "+32 3 201 16 90",
    "code": "116 000",
    "mail": "aide-aux-victimes@centre-daccueil.example.org",
    "web": "www.exam-ple.org/help-for-you/your-rights-and-papers",
}
#: Languages without texts of the campaign, one sentence a line.
OWN = {
    "zh-Hans": """任何人都不得扣留您的护照。请今天拨打 {phone} 或 {code}。请写信至 {mail} 或在家阅读 {web} 。
如果有人不付工资，您可以向劳动监察部门投诉，无论您有没有居留证件。
您有权看医生。医生不会问您的证件。""",
    "am": """ፓስፖርትዎን ማንም ሰው መያዝ አይችልም። ዛሬ ወደ {phone} ወይም {code} ይደውሉ። ወደ {mail} ይጻፉ ወይም {web} በቤትዎ ያንብቡ።
ደሞዝዎን ካልከፈሉዎት ምንም ወረቀት ባይኖርዎትም ለሠራተኛ ቁጥጥር ቢሮ ማመልከት ይችላሉ።
ሐኪም የማየት መብት አለዎት። ሐኪሙ ስለ ወረቀትዎ አይጠይቅም።""",
    "hi": """कोई भी आपका पासपोर्ट अपने पास नहीं रख सकता। आज ही {phone} या {code} पर फ़ोन करें। {mail} पर लिखें या घर पर {web} पढ़ें।
अगर आपको मज़दूरी नहीं मिलती, तो आप श्रम निरीक्षक से शिकायत कर सकते हैं, चाहे आपके पास काग़ज़ात हों या नहीं।
आपको डॉक्टर को दिखाने का अधिकार है। डॉक्टर आपके काग़ज़ात के बारे में नहीं पूछेगा।""",
    "my": """သင့်နိုင်ငံကူးလက်မှတ်ကို မည်သူမျှ သိမ်းဆည်းထားပိုင်ခွင့် မရှိပါ။ ယနေ့ပင် {phone} သို့မဟုတ် {code} ကို ဖုန်းဆက်ပါ။ {mail} သို့ စာရေးပါ သို့မဟုတ် {web} ကို အိမ်တွင် ဖတ်ပါ။
လုပ်ခမပေးလျှင် စာရွက်စာတမ်း မရှိသော်လည်း အလုပ်သမားရုံးသို့ တိုင်ကြားနိုင်ပါသည်။
ဆရာဝန်နှင့် ပြသခွင့် ရှိပါသည်။ ဆရာဝန်က သင့်စာရွက်စာတမ်းများအကြောင်း မမေးပါ။""",
}
WIDTHS = (130, 150, 190, 230, 300, 420)


@pytest.fixture(scope="module")
def texts(repository, leaflet):
    """A text for each language: a leaflet with its contacts, and sentences of the reference campaign."""
    made = {}
    for tag in TAGS:
        if tag in OWN:
            made[tag] = OWN[tag].format(**CONTACTS)
            continue
        units = store.read(repository / "locales" / tag / "LC_MESSAGES" / "campaign.po", tag, tag).units
        own = [unit.text for unit in units if len(unit.text) > 60 and not re.search(r"[%\d<*_#@$`]", unit.text)]
        made[tag] = "\n".join([*own[:4], leaflet(tag, **CONTACTS), *own[4:8]])
    return made


@pytest.fixture(scope="module")
def with_fonts(tmp_path_factory):
    """The environment in which a program finds the fonts of the package, as it does on a machine that has them."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">'
        f"/etc/fonts/fonts.conf</include><dir>{package_files()[0].parent}</dir><cachedir>{folder}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}


def findings(text, pdf, tag):
    """What the audit of the PDF against its own text says."""
    reference = of_document(f"text-{tag}.txt", read_text(text.encode()))
    assert len(reference.wanted) == 4
    return compare(f"made-{tag}.pdf", read_pdf(pdf), reference)[1]


@pytest.mark.slow
@pytest.mark.parametrize("hyphenate", ["true", "false"])
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(10)
def test_typst(texts, tag, hyphenate):
    """Columns of every width, with and without hyphenation."""
    side = "rtl" if tag in RTL else "ltr"
    fonts = ", ".join(f'"{font}"' for font in FONTS)
    for width in WIDTHS:
        head = f'#set page(width: {width + 40}pt, height: auto, margin: 20pt)\n#set text(lang: "{tag.partition("-")[0]}", dir: {side}, font: ({fonts}), hyphenate: {hyphenate})\n'
        body = re.sub("[@]", r"\\\g<0>", texts[tag]).replace("\n", "\n\n")
        pdf = bytes(typst.compile((head + body).encode(), font_paths=load(None)))
        assert findings(texts[tag], pdf, tag) == (), width


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(2)
def test_chromium(texts, tag, tmp_path, with_fonts):
    """A page as it is printed, in a narrow column, its lines broken anywhere."""
    side = "rtl" if tag in RTL else "ltr"
    paragraphs = "".join(f"<p>{line}</p>" for line in texts[tag].splitlines())
    for width, breaks in ((190, "anywhere"), (300, "break-word")):
        style = f"font:16px {','.join(FONTS)};width:{width}px;hyphens:auto;overflow-wrap:{breaks}"
        (tmp_path / "a.html").write_text(
            f"<meta charset=utf-8><html lang={tag} dir={side}><body style='{style}'>{paragraphs}", encoding="utf-8"
        )
        command = (
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={tmp_path / 'user'}",
            f"--print-to-pdf={tmp_path / 'a.pdf'}",
            str(tmp_path / "a.html"),
        )
        subprocess.run(command, check=True, capture_output=True, timeout=120, env=with_fonts)
        assert findings(texts[tag], (tmp_path / "a.pdf").read_bytes(), tag) == (), width


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.breadth
def test_libreoffice(texts, tmp_path, with_fonts):
    """Word files and what LibreOffice makes of them, in wide and in narrow pages, hyphenated where it can."""
    docx = pytest.importorskip("docx", reason="python-docx is in the extra audit")
    for tag in TAGS:
        for width in (6, 11):
            document = docx.Document()
            section = document.sections[0]
            section.page_width, section.left_margin, section.right_margin = (
                docx.shared.Cm(width + 2),
                docx.shared.Cm(1),
                docx.shared.Cm(1),
            )
            settings = document.settings.element
            settings.append(settings.makeelement(docx.oxml.ns.qn("w:autoHyphenation"), {}))
            for line in texts[tag].splitlines():
                paragraph = document.add_paragraph()
                if tag in RTL:
                    paragraph._p.get_or_add_pPr().append(paragraph._p.makeelement(docx.oxml.ns.qn("w:bidi"), {}))
                paragraph.add_run(line).font.rtl = tag in RTL
            document.save(tmp_path / f"{tag}-{width}.docx")
    files = sorted(str(path) for path in tmp_path.glob("*.docx"))
    command = (
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path / 'user'}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *files,
    )
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=with_fonts)
    for tag in TAGS:
        for width in (6, 11):
            assert findings(texts[tag], (tmp_path / f"{tag}-{width}.pdf").read_bytes(), tag) == (), (tag, width)
            reference = of_document(f"text-{tag}.txt", read_text(texts[tag].encode()))
            assert (
                compare(f"made-{tag}.docx", read_docx((tmp_path / f"{tag}-{width}.docx").read_bytes()), reference)[1]
                == ()
            ), tag


@pytest.mark.parametrize("tag", ("de", "uk", "ar"))
def test_a_changed_address_is_still_found(texts, tag):
    """What joins over line ends is the right address only."""
    wrong = texts[tag].replace("centre-daccueil", "centre-dacceuil").replace("201 16 90", "201 16 09")
    side = "rtl" if tag in RTL else "ltr"
    head = f'#set page(width: 200pt, height: auto, margin: 20pt)\n#set text(lang: "{tag}", dir: {side}, font: ("Noto Sans", "Noto Sans Arabic"))\n'
    pdf = bytes(typst.compile((head + re.sub("[@]", r"\\\g<0>", wrong)).encode(), font_paths=load(None)))
    said = [found.detail for found in findings(texts[tag], pdf, tag)]
    assert len(said) >= 2 and all(
        "missing" in one or "changed" in one or "truncated" in one or "extra" in one for one in said
    )
