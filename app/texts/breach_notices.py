"""Drafts of the written notice of a breach (UU 27/2022 art. 46): what, when and how, what is done."""

from app.texts.languages import Language

SUBJECTS: dict[Language, str] = {
    Language.INDONESIAN: "Pemberitahuan kegagalan pelindungan data pribadi {reference}",
    Language.ENGLISH: "Notice of a personal data breach {reference}",
}
# By who is told and in which language; `{name}` is a value of the register.
NOTICES: dict[tuple[str, Language], str] = {
    ("persons", Language.INDONESIAN): (
        "Kepada Yth. Bapak/Ibu,\n\n"
        "{agency} memberitahukan bahwa telah terjadi kegagalan pelindungan data pribadi yang mungkin "
        "menyangkut data Anda. Pemberitahuan ini disampaikan berdasarkan Pasal 46 Undang-Undang Nomor 27 "
        "Tahun 2022 tentang Pelindungan Data Pribadi.\n\n"
        "1. Data pribadi yang terungkap: {data_exposed}\n"
        "2. Kapan dan bagaimana data terungkap: {circumstances} Diketahui pada {discovered_at}.\n"
        "3. Upaya penanganan dan pemulihan: {handling}\n\n"
        "Anda berhak meminta penjelasan, salinan, perbaikan, pembatasan atau penghapusan data Anda. Sebutkan "
        "nomor {reference} bila menghubungi pejabat pelindungan data pribadi {agency}.\n"
    ),
    ("persons", Language.ENGLISH): (
        "Dear Sir or Madam,\n\n"
        "{agency} informs you of a personal data breach that may concern your data. This notice is given "
        "under article 46 of Law 27 of 2022 on personal data protection.\n\n"
        "1. Data exposed: {data_exposed}\n"
        "2. When and how: {circumstances} It was discovered on {discovered_at}.\n"
        "3. What is done against it and to recover: {handling}\n\n"
        "You may ask for an explanation, a copy, correction, restriction or erasure of your data. Please "
        "name {reference} when you write to the data protection officer of {agency}.\n"
    ),
    ("authority", Language.INDONESIAN): (
        "Kepada Yth. Lembaga Pelindungan Data Pribadi,\n\n"
        "Berdasarkan Pasal 46 Undang-Undang Nomor 27 Tahun 2022, {agency} selaku pengendali data pribadi "
        "melaporkan kegagalan pelindungan data pribadi {reference}: {title}.\n\n"
        "1. Data pribadi yang terungkap: {data_exposed}\n"
        "2. Kapan dan bagaimana data terungkap: {circumstances}\n"
        "3. Jumlah subjek data: {person_count}\n"
        "4. Diketahui pada: {discovered_at}; batas pemberitahuan 3x24 jam: {due_at}\n"
        "5. Upaya penanganan dan pemulihan: {handling}\n"
        "6. Subjek data diberi tahu pada: {persons_told_at}\n"
    ),
    ("authority", Language.ENGLISH): (
        "To the data protection authority,\n\n"
        "Under article 46 of Law 27 of 2022, {agency} as the controller reports the personal data breach "
        "{reference}: {title}.\n\n"
        "1. Data exposed: {data_exposed}\n"
        "2. When and how: {circumstances}\n"
        "3. Number of persons: {person_count}\n"
        "4. Discovered on: {discovered_at}; limit of 3x24 hours: {due_at}\n"
        "5. What is done against it and to recover: {handling}\n"
        "6. Persons told on: {persons_told_at}\n"
    ),
    ("public", Language.INDONESIAN): (
        "PENGUMUMAN\n\n"
        "{agency} mengumumkan kegagalan pelindungan data pribadi {reference}.\n\n"
        "1. Data pribadi yang terungkap: {data_exposed}\n"
        "2. Kapan dan bagaimana data terungkap: {circumstances}\n"
        "3. Upaya penanganan dan pemulihan: {handling}\n\n"
        "Pertanyaan dapat disampaikan kepada pejabat pelindungan data pribadi {agency}.\n"
    ),
    ("public", Language.ENGLISH): (
        "PUBLIC NOTICE\n\n"
        "{agency} announces the personal data breach {reference}.\n\n"
        "1. Data exposed: {data_exposed}\n"
        "2. When and how: {circumstances}\n"
        "3. What is done against it and to recover: {handling}\n\n"
        "Questions go to the data protection officer of {agency}.\n"
    ),
}
UNKNOWN: dict[Language, str] = {Language.INDONESIAN: "belum diketahui", Language.ENGLISH: "not known yet"}
