"""Leaflets of other organisations as plain text: one right one in each of twenty languages, to plant faults in."""

from __future__ import annotations

import pytest

#: Draft texts of our own; {phone}, {code}, {mail} and {web} stand where the contacts do.
SENTENCES = {
    "en": "Nobody may keep your passport. You can see a doctor whatever your papers say. Call {phone} or {code} today. Write to {mail} or read {web} at home.",
    "nl": "Niemand mag uw paspoort houden. U mag naar een dokter, welke papieren u ook hebt. Bel vandaag {phone} of {code}. Schrijf naar {mail} of lees {web} thuis.",
    "fr": "Personne ne peut garder votre passeport. Vous pouvez voir un médecin, quels que soient vos papiers. Appelez le {phone} ou le {code}. Écrivez à {mail} ou lisez {web} chez vous.",
    "de": "Niemand darf Ihren Pass behalten. Sie können zum Arzt gehen, egal welche Papiere Sie haben. Rufen Sie heute {phone} oder {code} an. Schreiben Sie an {mail} oder lesen Sie {web} zu Hause.",
    "el": "Κανείς δεν μπορεί να κρατήσει το διαβατήριό σας. Μπορείτε να δείτε γιατρό όποια χαρτιά κι αν έχετε. Καλέστε {phone} ή {code} σήμερα. Γράψτε στο {mail} ή διαβάστε {web} στο σπίτι.",
    "it": "Nessuno può tenere il tuo passaporto. Puoi vedere un medico qualunque siano i tuoi documenti. Chiama {phone} oppure {code} oggi. Scrivi a {mail} o leggi {web} a casa.",
    "ro": "Nimeni nu are voie să vă țină pașaportul. Puteți merge la medic indiferent de acte. Sunați la {phone} sau {code} astăzi. Scrieți la {mail} sau citiți {web} acasă.",
    "bg": "Никой няма право да държи паспорта ви. Можете да отидете на лекар, каквито и документи да имате. Обадете се на {phone} или {code} днес. Пишете на {mail} или прочетете {web} у дома.",
    "uk": "Ніхто не має права тримати ваш паспорт. Ви можете піти до лікаря незалежно від документів. Телефонуйте {phone} або {code} сьогодні. Пишіть на {mail} або читайте {web} вдома.",
    "ru": "Никто не имеет права держать ваш паспорт. Вы можете пойти к врачу независимо от документов. Звоните {phone} или {code} сегодня. Пишите на {mail} или читайте {web} дома.",
    "es": "Nadie puede quedarse con tu pasaporte. Puedes ver a un médico sean cuales sean tus papeles. Llama hoy al {phone} o al {code}. Escribe a {mail} o lee {web} en casa.",
    "pt": "Ninguém pode ficar com o seu passaporte. Você pode ver um médico quaisquer que sejam os seus papéis. Ligue hoje para {phone} ou {code}. Escreva para {mail} ou leia {web} em casa.",
    "pl": "Nikt nie może zatrzymać twojego paszportu. Możesz iść do lekarza bez względu na dokumenty. Zadzwoń dziś pod {phone} lub {code}. Napisz na {mail} albo przeczytaj {web} w domu.",
    "tr": "Kimse pasaportunuzu elinde tutamaz. Belgeleriniz ne olursa olsun doktora gidebilirsiniz. Bugün {phone} veya {code} numarasını arayın. {mail} adresine yazın ya da {web} sayfasını evde okuyun.",
    "sq": "Askush nuk mund ta mbajë pasaportën tuaj. Mund të shkoni te mjeku pavarësisht nga dokumentet. Telefononi sot {phone} ose {code}. Shkruani te {mail} ose lexoni {web} në shtëpi.",
    "ar": "لا يجوز لأحد أن يحتفظ بجواز سفرك. يمكنك زيارة الطبيب مهما كان وضع أوراقك. للاتصال اليوم: \u200e{phone} أو \u200e{code} في أي وقت. يمكنك الكتابة إلى {mail} أو قراءة {web} في البيت.",
    "fa": "هیچ کس حق ندارد گذرنامه شما را نگه دارد. با هر مدرکی می‌توانید نزد پزشک بروید. امروز با \u200e{phone} یا \u200e{code} تماس بگیرید. به {mail} بنویسید یا {web} را در خانه بخوانید.",
    "ur": "کوئی بھی آپ کا پاسپورٹ اپنے پاس نہیں رکھ سکتا۔ کاغذات جیسے بھی ہوں آپ ڈاکٹر کے پاس جا سکتے ہیں۔ آج \u200e{phone} یا \u200e{code} پر فون کریں۔ {mail} پر لکھیں یا {web} گھر پر پڑھیں۔",
    "bn": "কেউ আপনার পাসপোর্ট রেখে দিতে পারে না। কাগজপত্র যেমনই হোক আপনি ডাক্তার দেখাতে পারেন। আজই {phone} বা {code} নম্বরে ফোন করুন। {mail} ঠিকানায় লিখুন বা {web} বাড়িতে পড়ুন।",
    "ti": "ፓስፖርትኩም ማንም ክሕዞ ኣይክእልን እዩ። ሰነድኩም ብዘየገድስ ናብ ሓኪም ክትከዱ ትኽእሉ። ሎሚ ናብ {phone} ወይ {code} ደውሉ። ናብ {mail} ጽሓፉ ወይ {web} ኣብ ገዛ ኣንብቡ።",
}
RIGHT = {
    "phone": "+32 3 201 16 90",
    "code": "116 000",
    "mail": "help@payoke-line.org",
    "web": "www.payoke-line.org/rights",
}
assert len(SENTENCES) == 20


@pytest.fixture(scope="session")
def leaflet():
    """`leaflet(tag, phone=…)` is the text of a leaflet with the right contacts, or with the ones given."""
    return lambda tag, **contacts: SENTENCES[tag].format(**{**RIGHT, **contacts})


@pytest.fixture(scope="session")
def tags():
    """The twenty languages."""
    return tuple(SENTENCES)
