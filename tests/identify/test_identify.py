"""Whose language: the same script is no alibi, and a file's name is understood as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import languages
from campaign.identify import guess as lid
from campaign.identify import names
from campaign.identify.claims import alike, claims
from campaign.scripts import SCRIPTS

#: One message, our own drafts; nobody has reviewed them.
TEXTS = {
    "en": "You have rights, whatever your papers say. Nobody may keep your passport from you. You can see a doctor there and they will not ask for it.",
    "nl": "U hebt rechten, welke papieren u ook hebt. Niemand mag uw paspoort van u afnemen. U kunt daar naar een dokter gaan en ze vragen er niet naar.",
    "de": "Sie haben Rechte, egal welche Papiere Sie haben. Niemand darf Ihnen den Pass wegnehmen. Sie können dort zu einem Arzt gehen und er fragt nicht danach.",
    "fr": "Vous avez des droits, quels que soient vos papiers. Personne ne peut garder votre passeport. Vous pouvez voir un médecin et il ne vous le demandera pas.",
    "wo": "Am nga ay sañ-sañ, lu sa kayit mënul a doon. Kenn mënul jël sa passport. Mën nga gis ab doktoor te du la ko laaj ci lu mu mënti doon.",
    "es": "Usted tiene derechos, sean cuales sean sus papeles. Nadie puede quedarse con su pasaporte. Puede ver a un médico y no se lo van a pedir en el centro.",
    "pt": "Você tem direitos, quaisquer que sejam os seus papéis. Ninguém pode ficar com o seu passaporte. Pode ver um médico e não lhe vão pedir isso no centro.",
    "it": "Hai dei diritti, qualunque siano i tuoi documenti. Nessuno può tenere il tuo passaporto. Puoi vedere un medico e non te lo chiederà nessuno nel centro.",
    "tr": "Belgeleriniz ne olursa olsun haklarınız var. Kimse sizin pasaportunuzu alamaz. Bir doktora gidebilirsiniz ve o size bunu sormaz, bu çok önemli ve ücretsiz.",
    "az": "Sənədləriniz necə olursa olsun, hüquqlarınız var. Heç kəs sizin pasportunuzu ala bilməz. Siz həkimə gedə bilərsiniz və o sizdən bunu soruşmaz, bu çox vacibdir.",
    "so": "Xuquuq ayaad leedahay, waraaqahaagu si kasta ha ahaadaan. Qofna ma qaadi karo baasaboorkaaga. Waxaad arki kartaa dhakhtar oo kuma weydiinayo waraaqo.",
    "sw": "Una haki, haijalishi karatasi zako. Hakuna mtu anayeweza kuchukua pasipoti yako. Unaweza kumwona daktari na hataulizwa kwa ajili ya karatasi hizo kwa sasa.",
    "ru": "У вас есть права, какие бы документы у вас ни были. Никто не может забрать ваш паспорт. Вы можете пойти к врачу, и он не спросит о документах.",
    "uk": "Ви маєте права, які б документи у вас не були. Ніхто не може забрати ваш паспорт. Ви можете піти до лікаря, і він не спитає про документи.",
    "bg": "Вие имате права, каквито и документи да имате. Никой не може да вземе паспорта ви. Можете да отидете на лекар и той няма да пита за тях.",
    "mk": "Вие имате права, без оглед какви документи имате. Никој не може да ви го земе пасошот. Можете да одите на лекар и тој нема да праша за нив.",
    "sr-Cyrl": "Ви имате права, без обзира какве папире имате. Нико не може да вам узме пасош. Можете да одете код лекара и он неће питати за њих.",
    "ar": "لديك حقوق مهما كانت أوراقك. لا يحق لأحد أن يأخذ منك جواز السفر. يمكنك أن تذهب إلى الطبيب ولن يسألك أحد عن هذه الأوراق.",
    "fa": "شما حق دارید، هر مدرکی که داشته باشید. هیچ کس نمی‌تواند گذرنامه شما را بگیرد. می‌توانید به پزشک مراجعه کنید و او از شما این را نمی‌خواهد.",
    "ur": "آپ کے حقوق ہیں، چاہے آپ کے کاغذات کیسے بھی ہوں۔ کوئی آپ کا پاسپورٹ نہیں لے سکتا۔ آپ ڈاکٹر کے پاس جا سکتے ہیں اور وہ یہ نہیں پوچھے گا۔",
    "ps": "تاسو حقونه لرئ، که ستاسو پاڼې هر ډول وي. هیڅوک ستاسو پاسپورټ نه شي اخیستلی. تاسو ډاکټر ته تللی شئ او هغه به دا ونه پوښتي.",
    "sd": "توهان جا حق آهن، توهان جا ڪاغذ ڪهڙا به هجن. ڪو به توهان جو پاسپورٽ نٿو وٺي سگهي. توهان ڊاڪٽر وٽ وڃي سگهو ٿا ۽ هو اهو نه پڇندو.",
    "ckb": "تۆ مافت هەیە، بەڵگەنامەکانت هەرچییەک بن. هیچ کەس ناتوانێت پاسپۆرتەکەت ببات. دەتوانیت بچیتە لای پزیشک و ئەو پرسیاری لێ ناکات.",
    "ti": "ዝኾነ ይኹን ወረቐት እንተሃለወኩም መሰል ኣለኩም። ማንም ሰብ ፓስፖርትኩም ክወስድ ኣይክእልን እዩ። ናብ ሓኪም ክትከዱ ትኽእሉ ኢኹም፣ ንሱ ድማ ብዛዕባ እዚ ኣይሓትትን።",
    "am": "ምንም ዓይነት ወረቀት ቢኖርዎት መብት አለዎት። ማንም ሰው ፓስፖርትዎን መውሰድ አይችልም። ወደ ሐኪም መሄድ ይችላሉ እና እሱ ስለ ወረቀት ነገር አይጠይቅም።",
    "hi": "आपके अधिकार हैं, चाहे आपके काग़ज़ कैसे भी हों। कोई आपका पासपोर्ट नहीं ले सकता। आप डॉक्टर के पास जा सकते हैं और वह यह नहीं पूछेगा।",
    "ne": "तपाईंको कागजपत्र जस्तोसुकै भए पनि तपाईंको अधिकार छ। कसैले पनि तपाईंको राहदानी लिन सक्दैन। तपाईं डाक्टरकहाँ जान सक्नुहुन्छ र यो सोधिने छैन।",
    "zh-Hans": "无论您有什么证件，您都有权利。没有人可以拿走您的护照。您可以去看医生，那里的医务人员不会问这个问题，也不会报警。",
    "zh-Hant": "無論您有什麼證件，您都有權利。沒有人可以拿走您的護照。您可以去看醫生，那裡的醫務人員不會問這個問題，也不會報警。",
}  # fmt: skip
PAIRS = [
    ("ti", "am"), ("am", "ti"), ("zh-Hans", "zh-Hant"), ("zh-Hant", "zh-Hans"), ("sd", "ar"), ("sd", "ur"), ("ur", "sd"), ("ar", "sd"), ("ar", "ur"),
    ("ckb", "fa"), ("fa", "ckb"), ("ckb", "ar"), ("ps", "fa"), ("fa", "ps"), ("ps", "ur"), ("ne", "hi"), ("hi", "ne"), ("mk", "sr-Cyrl"), ("sr-Cyrl", "mk"),
    ("mk", "bg"), ("bg", "mk"), ("bg", "ru"), ("uk", "ru"), ("ru", "uk"), ("az", "tr"), ("tr", "az"), ("wo", "fr"), ("fr", "wo"), ("nl", "de"), ("de", "nl"),
    ("pt", "es"), ("es", "pt"), ("es", "it"), ("so", "sw"), ("sw", "so"), ("en", "nl"), ("fr", "de"),
]  # fmt: skip


@pytest.fixture(params=[True, False], ids=["with the identifier", "without it"])
def identifier(request, monkeypatch):
    """The offline identifier is an extra: what is said must hold without it as well."""
    if not request.param:
        monkeypatch.setattr(lid, "_identifier", lambda: None)
        lid._covered.cache_clear()
    yield request.param
    lid._covered.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize(("text", "named"), PAIRS)
def test_a_text_of_a_neighbour_language_is_found(identifier, text, named):
    """A Traditional Chinese leaflet named zh-Hans, Arabic named sd, Persian named ckb, Amharic named ti."""
    found = lid.guess(TEXTS[text])
    assert lid.fits(named, found) is False
    assert lid.other(named, found) == text


@pytest.mark.slow
@pytest.mark.parametrize("tag", TEXTS)
def test_a_text_in_its_own_language_passes(identifier, tag):
    """No leaflet is called wrong because a neighbour shares its words."""
    found = lid.guess(TEXTS[tag] + "\nPayoke vzw, Leguit 4, 2000 Antwerp, info@payoke.be, www.payoke.be")
    assert lid.fits(tag, found) is True
    assert lid.tag_of(found) == tag


@pytest.mark.parametrize(("one", "other"), [("fa", "prs"), ("pt", "pt-BR"), ("ar", "ary")])
def test_languages_that_cannot_be_told_apart_are_said_to_be_that(one, other):
    """A Dari file with Persian words is no fault, and nobody is told that it was checked."""
    assert other in alike(one) and one in alike(other)
    assert lid.fits(other, lid.guess(TEXTS[one])) is not False


@pytest.mark.parametrize(
    ("file", "tag"),
    [
        ("leaflet-fra.pdf", "fr"), ("leaflet-french.pdf", "fr"), ("leaflet-es-MX.pdf", "es"), ("leaflet-zh-TW.pdf", "zh-Hant"), ("leaflet_zh_CN.docx", "zh-Hans"),
        ("French leaflet.docx", "fr"), ("leaflet-som.txt", "so"), ("Leaflet (Dari).pdf", "prs"), ("flyer-fr-BE.html", "fr"), ("flyer-de_AT.html", "de"), ("Tigrinya.txt", "ti"),
        ("leaflet-ger.pdf", "de"), ("leaflet-pes.pdf", "fa"), ("leaflet-zh-Hant-HK.pdf", "zh-Hant"), ("deutsch-flyblatt.pdf", "de"), ("out/sorani/a.pdf", "ckb"), ("out/fra/a.pdf", "fr"),
        ("Poster_Chinese_Traditional.pdf", "zh-Hant"), ("leaflet-sr-Latn.pdf", ""), ("mac/leaflet.pdf", ""), ("leaflet-to-print.pdf", ""), ("leaflet_ara_2025.pdf", "ar"), ("leaflet-ben-v2.pdf", "bn"), ("Leaflet_ES_final.pdf", "es"), ("flyer-2025.pdf", ""),
        ("call-in-numbers.pdf", ""), ("flyer.txt", ""),
    ],
)  # fmt: skip
def test_the_language_that_a_file_goes_by(file, tag):
    """ISO 639-1 to 3, English and own names, regions; words that only look like a code do not count."""
    assert names.declared(file, "") == tag


@pytest.mark.parametrize("known", languages.registry().values(), ids=lambda known: known.tag)
def test_every_language_of_the_registry_goes_by_its_tag_and_name(known):
    """Whatever a translator called the file: the tag, the English name, the autonym."""
    for name in (known.tag, known.english, known.autonym):
        assert names.tag(name) == known.tag
    assert names.declared(f"leaflet-{known.tag}.pdf", "") == known.tag


@given(st.text(max_size=200))
def test_any_text_and_any_name_has_an_answer(text):
    """Strangers' files end in no traceback."""
    found = lid.guess(text)
    assert 0 <= found.share <= 1 and claims(text).words >= 0
    assert lid.fits("fr", found) in (True, False, None)
    assert names.declared(text.replace("\0", ""), text) in {"", *languages.registry()}


def test_languages_of_one_script_have_a_list_or_a_script_of_their_own():
    """A new language must be told from its neighbours before it is shipped."""
    from campaign.identify.claims import listed

    unlisted = [known for known in languages.registry().values() if not listed(known.tag)]
    own = [scripts for known in unlisted for scripts in SCRIPTS[known.script] if scripts != "Han"]
    assert len(own) == len(set(own))
