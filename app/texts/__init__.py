"""What the service says, in Indonesian; English is the source and stands where it is said.

One line for each English text. These are the words that stand for the same thing everywhere:

account       akun                     lapse         lewat batas, kedaluwarsa
agency        lembaga                  lead          yang memimpin penanganan
area          wilayah tugas            ledger        buku besar
assigned      yang ditugasi            link          tautan
attachment    lampiran                 marking       penandaan (TLP dan klasifikasi)
audience      lembaga penerima         note          baris linimasa
clearance     kewenangan akses         owner         lembaga pemilik
code          kode                     oversight     lembaga pengawas
command       kendali                  party         orang yang terkait
commit        menyanggupi              permission    izin
conflict of interest  benturan kepentingan  present  hadir
custody       penguasaan barang bukti  proposal      usulan
deployment    penugasan                recipients    akun penerima
entry         entri                    record        catatan
evidence      barang bukti             reference     rujukan
exercise      latihan                  region        wilayah
file          berkas                   severity      tingkat keparahan
hand-over     serah terima             statement     pernyataan
home unit     satuan asal              step          langkah
in force      berlaku                  strength      kekuatan
inbox         kotak masuk              threat level  tingkat ancaman
incident      kejadian                 timeline      linimasa
                                       unit          satuan
                                       window        rentang waktu

Names of members, codes, headers and TLP labels are never translated: they are what one sends.
"""
