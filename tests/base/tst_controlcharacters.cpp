#include "base/ControlCharacters.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestControlCharacters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatActs_data();
    void knowsWhatActs();
    void passesOverWhatIsNoCharacter();
    void makesThemVisible();
};

void TestControlCharacters::knowsWhatActs_data()
{
    QTest::addColumn<char32_t>("character");
    QTest::addColumn<bool>("acts");
    const auto row = [](char32_t character, bool acts) {
        QTest::addRow("U+%04X", static_cast<uint>(character)) << character << acts;
    };
    for (const char32_t acting :
         {0x00U, 0x07U,   0x08U,   0x09U,   0x0aU,   0x0dU,   0x1bU,   0x1fU,   0x7fU,   0x80U,   0x85U,  0x9bU,
          0x9fU, 0x061cU, 0x200eU, 0x200fU, 0x2028U, 0x2029U, 0x202aU, 0x202eU, 0x2066U, 0x2069U, 0xfeffU})
        row(acting, true);
    for (const char32_t shown : {0x20U, 0x7eU, 0xa0U, 0xc2U, 0x061bU, 0x061dU, 0x200dU, 0x2010U, 0x2027U, 0x202fU,
                                 0x2065U, 0x206aU, 0x20acU, 0xfefeU, 0xff1dU, 0x1f41fU})
        row(shown, false);
}

void TestControlCharacters::knowsWhatActs()
{
    QFETCH(char32_t, character);
    QFETCH(bool, acts);
    QCOMPARE(isControlCharacter(character), acts);
    // QString::fromUcs4() takes a byte order mark away.
    const QString text = character > 0xffff ? QString::fromUcs4(&character, 1) : QString(QChar(char16_t(character)));
    const QByteArray utf8 = text.toUtf8();
    const auto found = controlAtStart(utf8 + "x");
    QCOMPARE(found.has_value(), acts);
    if (!acts)
        return;
    QVERIFY(found->character == character);
    QCOMPARE(found->size, utf8.size());
    for (qsizetype cut = 0; cut < utf8.size(); ++cut)
        QVERIFY(!controlAtStart(QByteArrayView(utf8).first(cut)));
}

void TestControlCharacters::passesOverWhatIsNoCharacter()
{
    for (const char *bytes :
         {"\xc2", "\xc2x", "\xe2\x80", "\xe2\x80x", "\xe2x\xae", "\x80", "\xff", "\xc0\x9b", "\xef\xbb"})
        QVERIFY(!controlAtStart(bytes));
}

void TestControlCharacters::makesThemVisible()
{
    QCOMPARE(withVisibleControls("a\x1b[31m\xc2\x9b|\xe2\x80\xae\xef\xbb\xbf\x7f\r\n\tb\xe2\x82\xac"),
             QByteArray("a\\x1b[31m\\x9b|\\u202e\\ufeff\\x7f\\x0d\n\tb\xe2\x82\xac"));
    QCOMPARE(withVisibleControls(QByteArray("\0\xe2", 2)), QByteArray("\\x00\xe2"));
    QCOMPARE(withVisibleControls({}), QByteArray());
}

SOCKEYE_TEST(TestControlCharacters, QCoreApplication)
#include "tst_controlcharacters.moc"
