#include "secrets/EntryMask.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestEntryMask final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void previews();
    void closeBodies();
    void partsMakeTheWhole_data();
    void partsMakeTheWhole();
};

namespace {
Entry entry(EntryKind kind, const QByteArray &payload)
{
    Entry entry;
    entry.kind = kind;
    entry.head = payload;
    entry.size = payload.size();
    return entry;
}
} // namespace

void TestEntryMask::previews()
{
    QCOMPARE(maskedPreview(entry(EntryKind::Event, "Connecting to ws://u:p@h/?token=1")),
             u"Connecting to ws://u:***@h/?token=***"_s);
    QVERIFY(maskedPreview(entry(EntryKind::Close, "\x03\xe8token=secret")).endsWith(u"token=***"));
    // The payload of a message is what the user looks at.
    QCOMPARE(maskedPreview(entry(EntryKind::Text, "{\"token\":\"x\"}")), u"{\"token\":\"x\"}"_s);
}

void TestEntryMask::closeBodies()
{
    SecretMasker masker;
    for (const QByteArray &same : {QByteArray(), QByteArray("\x03"), QByteArray("\x03\xe8"),
                                   QByteArray("\x03\xe8"
                                              "bye"),
                                   QByteArray("\x03\xe8\xff\xfe")})
        QCOMPARE(maskedCloseBody(masker, same), same);
    QCOMPARE(maskedCloseBody(masker, "\x03\xe8{\"ticket\":\"x\"}"), QByteArray("\x03\xe8{\"ticket\":\"***\"}"));
    QCOMPARE(masker.count(), 1);
}

void TestEntryMask::partsMakeTheWhole_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("masked");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("JSON") << QByteArray(R"({"a":"x y","token":"t u"})") << QByteArray(R"({"a":"x y","token":"***"})");
    QTest::newRow("lines") << QByteArray("a: 1\npassword: p\nb c") << QByteArray("a: 1\npassword: ***\nb c");
    QTest::newRow("bytes") << QByteArray("\x00\xff\xfe", 3) << QByteArray("\x00\xff\xfe", 3);
}

void TestEntryMask::partsMakeTheWhole()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, masked);
    PayloadMask whole;
    QCOMPARE(whole.feed(payload, true), masked);
    const qsizetype half = payload.size() / 2;
    PayloadMask parts;
    QByteArray fed = parts.feed(payload.first(half), false);
    fed += parts.feed(payload.sliced(half), true);
    QCOMPARE(fed, masked);
    QCOMPARE(parts.count(), whole.count());
}

SOCKEYE_TEST(TestEntryMask, QCoreApplication)
#include "tst_entrymask.moc"
