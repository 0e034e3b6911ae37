"""What the service says, in Indonesian; English is the source and stands where it is said.

One line for each English text. These are the words that stand for the same thing everywhere:

account       akun                     ledger        buku besar
agency        lembaga                  marking       penandaan (TLP dan klasifikasi)
area          wilayah tugas            note          baris linimasa
assigned      yang ditugasi            owner         lembaga pemilik
audience      lembaga penerima         oversight     lembaga pengawas
clearance     kewenangan akses         party         orang yang terkait
code          kode                     permission    izin
conflict of interest  benturan kepentingan  recipients  akun penerima
deployment    penugasan                record        catatan
entry         entri                    reference     rujukan
exercise      latihan                  region        wilayah
hand-over     serah terima             severity      tingkat keparahan
inbox         kotak masuk              step          langkah
incident      kejadian                 threat level  tingkat ancaman
lead          yang memimpin penanganan timeline      linimasa
link          tautan                   unit          satuan

Names of members, codes, headers and TLP labels are never translated: they are what one sends.
"""
