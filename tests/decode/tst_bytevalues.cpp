#include "decode/ByteValues.h"

#include "support/TestProgram.h"

#include <QFloat16>
#include <QTest>

#include <array>
#include <bit>

using namespace sockeye;
using namespace Qt::StringLiterals;

class ByteValuesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void values_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("little");
        QTest::addColumn<QString>("big");
        QTest::addColumn<int>("size");
        const auto same = [](const QByteArray &hex, const QString &name, const QString &text, int size) {
            QTest::addRow("%s %s", qPrintable(name), hex.constData()) << hex << name << text << text << size;
        };
        const auto both = [](const QByteArray &hex, const QString &name, const QString &little, const QString &big,
                             int size) {
            QTest::addRow("%s %s", qPrintable(name), hex.constData()) << hex << name << little << big << size;
        };
        const QString none = u"–"_s;
        same("fb", u"u8"_s, u"251"_s, 1);
        same("fb", u"i8"_s, u"-5"_s, 1);
        same("fb", u"bits"_s, u"11111011"_s, 1);
        both("fb40", u"u16"_s, u"16635"_s, u"64320"_s, 2);
        both("fb40", u"i16"_s, u"16635"_s, u"-1216"_s, 2);
        both("feffff", u"u24"_s, u"16777214"_s, u"16711679"_s, 3);
        both("feffff", u"i24"_s, u"-2"_s, u"-65537"_s, 3);
        both("000000ff", u"u32"_s, u"4278190080"_s, u"255"_s, 4);
        both("000000ff", u"i32"_s, u"-16777216"_s, u"255"_s, 4);
        both("ffffffffffffffff", u"u64"_s, u"18446744073709551615"_s, u"18446744073709551615"_s, 8);
        both("0000000000000080", u"i64"_s, u"-9223372036854775808"_s, u"128"_s, 8);
        both("003c", u"f16"_s, u"1"_s, u"3.6e-06"_s, 2);
        both("662e", u"f16"_s, u"0.1"_s, u"1582"_s, 2);
        both("007c", u"f16"_s, u"inf"_s, u"7.4e-06"_s, 2);
        both("cd3d", u"bf16"_s, u"0.1"_s, u"-1.98e+08"_s, 2);
        both("80ff", u"bf16"_s, u"-inf"_s, u"-2.34e-38"_s, 2);
        both("cdcccc3d", u"f32"_s, u"0.1"_s, u"-429492128"_s, 4);
        both("3dcccccd", u"f32"_s, u"-429492128"_s, u"0.1"_s, 4);
        both("406c6d1eb851eb85", u"f64"_s, u"-3.762549934389141e-280"_s, u"227.41"_s, 8);
        same("ac02", u"varint"_s, u"300"_s, 2);
        same("ffffffffffffffffff01", u"varint"_s, u"18446744073709551615"_s, 10);
        same("ffffffffffffffffff02", u"varint"_s, none, 0);
        same("ff", u"varint"_s, none, 0);
        same("03", u"zigzag"_s, u"-2"_s, 1);
        same("ffffffffffffffffff01", u"zigzag"_s, u"-9223372036854775808"_s, 10);
        same("c0bb78", u"LEB128"_s, u"-123456"_s, 3);
        same("7f", u"LEB128"_s, u"-1"_s, 1);
        same("8080808080808080807f", u"LEB128"_s, u"-9223372036854775808"_s, 10);
        same("80808080808080808001", u"LEB128"_s, none, 0);
        same("41ff", u"UTF-8"_s, u"A  U+0041"_s, 1);
        same("e282ac", u"UTF-8"_s, u"€  U+20AC"_s, 3);
        same("f09f909f", u"UTF-8"_s, u"\U0001f41f  U+1F41F"_s, 4);
        same("c080", u"UTF-8"_s, none, 0);
        same("eda080", u"UTF-8"_s, none, 0);
        same("80", u"UTF-8"_s, none, 0);
        both("4100", u"UTF-16"_s, u"A  U+0041"_s, u"\u4100  U+4100"_s, 2);
        both("3dd81fdc", u"UTF-16"_s, u"\U0001f41f  U+1F41F"_s, u"\u3dd8  U+3DD8"_s, 4);
        both("00dc", u"UTF-16"_s, none, u"\u00dc  U+00DC"_s, 0);
        both("69170d00", u"time_t 32"_s, u"1970-01-10 22:19:21"_s, u"2025-11-14 11:05:36"_s, 4);
        both("ffffffff", u"time_t 32"_s, none, none, 0);
        both("000000006916f000", u"time_t 64"_s, none, u"2025-11-14 09:01:52"_s, 0);
        both("e87700499b010000", u"ms"_s, u"2025-12-23 02:18:46.120"_s, none, 8);
        both("0000000000000001", u"µs"_s, none, u"1970-01-01 00:00:00.000001"_s, 0);
        both("00803ed5deb19d01", u"FILETIME"_s, u"1970-01-01 00:00:00"_s, none, 8);
        both("83aa7e8080000000", u"NTP"_s, u"2036-02-07 06:30:24.501932"_s, u"1970-01-01 00:00:00.500"_s, 8);
        both("0000000100000000", u"NTP"_s, u"2036-02-07 06:28:16.003906"_s, u"2036-02-07 06:28:17"_s, 8);
        both("0000000000000000", u"NTP"_s, none, none, 0);
        same("c0a80001", u"IPv4"_s, u"192.168.0.1"_s, 4);
        same("20010db8000000000001000000000001", u"IPv6"_s, u"2001:db8::1:0:0:1"_s, 16);
        same("00000000000000000000000000000000", u"IPv6"_s, u"::"_s, 16);
        same("00000000000000000000000000000001", u"IPv6"_s, u"::1"_s, 16);
        same("fe800000000000000000000000000000", u"IPv6"_s, u"fe80::"_s, 16);
        same("20010db8000100000001000100010001", u"IPv6"_s, u"2001:db8:1:0:1:1:1:1"_s, 16);
        same("0011aabbccdd", u"MAC"_s, u"00:11:aa:bb:cc:dd"_s, 6);
        both("00112233445566778899aabbccddeeff", u"GUID"_s, u"33221100-5544-7766-8899-aabbccddeeff"_s,
             u"00112233-4455-6677-8899-aabbccddeeff"_s, 16);
        both("ff8001", u"RGB"_s, u"#0180ff"_s, u"#ff8001"_s, 3);
        both("ff800140", u"RGBA"_s, u"#0180ff40"_s, u"#ff800140"_s, 4);
    }
    void values()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, name);
        const QByteArray bytes = QByteArray::fromHex(hex);
        const auto valueIn = [&](ByteOrder order) {
            for (const ByteValue &value : byteValues(bytes, order)) {
                if (value.name == name)
                    return value;
            }
            return ByteValue();
        };
        QTEST(valueIn(ByteOrder::Little).text, "little");
        QTEST(valueIn(ByteOrder::Big).text, "big");
        QTEST(static_cast<int>(valueIn(ByteOrder::Little).size), "size");
    }

    void aValueThatIsCutIsNone()
    {
        const QByteArray bytes = QByteArray::fromHex("00112233445566778899aabbccddeeff");
        for (const ByteOrder order : {ByteOrder::Little, ByteOrder::Big}) {
            const QList<ByteValue> whole = byteValues(bytes, order);
            for (const ByteValue &value : byteValues({}, order))
                QCOMPARE(value.text, u"–"_s);
            for (qsizetype i = 0; i < whole.size(); ++i) {
                for (qsizetype size = 0; size < bytes.size(); ++size) {
                    const ByteValue cut = byteValues(QByteArrayView(bytes).first(size), order).at(i);
                    QCOMPARE(cut.name, whole[i].name);
                    // A value is of its bytes alone.
                    if (size >= whole[i].size)
                        QCOMPARE(cut, whole[i]);
                    else
                        QCOMPARE(cut.text, u"–"_s);
                }
            }
        }
    }

    void sixteenBitsReadBack()
    {
        for (int number = 0; number < 0x10000; ++number) {
            const std::array<char, 2> bytes{static_cast<char>(number & 0xff), static_cast<char>(number >> 8)};
            for (const ByteValue &value : byteValues(QByteArrayView(bytes.data(), 2), ByteOrder::Little)) {
                if (value.name == u"f16"_s && !value.text.contains(u"nan"))
                    QCOMPARE(std::bit_cast<quint16>(qfloat16(value.text.toFloat())), static_cast<quint16>(number));
            }
        }
    }
};

SOCKEYE_TEST(ByteValuesTest, NoApplication)
#include "tst_bytevalues.moc"
