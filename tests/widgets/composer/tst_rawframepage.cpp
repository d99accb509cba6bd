// The composer's page for a frame made bit by bit.
#include "ComposerBench.h"
#include "support/TestProgram.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QTextEdit>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class RawFramePageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        m_bench = std::make_unique<ComposerBench>();
        QVERIFY(QTest::qWaitForWindowActive(&m_bench->composer));
        m_bench->click("Raw frame payload");
        m_bench->type("Masking key", u"37 fa 21 3d"_s);
    }
    void cleanup() { m_bench.reset(); }

    void sendsTheRfcsExample()
    {
        // RFC 6455 section 5.7: a single-frame masked text message.
        QTest::keyClicks(payload(), u"Hello"_s);
        QCOMPARE(preview(), u"81 85 37 fa 21 3d\n7f 9f 4d 51 58"_s);
        QVERIFY(m_bench->words().contains(u"header 6 B · payload 5 B"_s));
        QVERIFY(m_bench->words().contains(u"No rule is broken"_s));
        QTest::keyClick(payload(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_bench->sent.size(), 1);
        QCOMPARE(m_bench->last().kind, Outgoing::Kind::Raw);
        QCOMPARE(m_bench->last().payload, QByteArray::fromHex("818537fa213d7f9f4d5158"));
    }

    void theHeaderIsToldApart()
    {
        QTest::keyClicks(payload(), u"Hello"_s);
        QTextCursor cursor(m_bench->find<QTextEdit>("Bytes to send")->document());
        cursor.setPosition(1);
        const QBrush inHeader = cursor.charFormat().background();
        cursor.movePosition(QTextCursor::End);
        QVERIFY(inHeader != cursor.charFormat().background());
    }

    void everyFieldReachesTheWire()
    {
        m_bench->tick("FIN");
        m_bench->tick("RSV1");
        m_bench->tick("RSV3");
        m_bench->choose("Opcode", "0xB");
        QCOMPARE(preview(), u"5b 80 37 fa 21 3d"_s);
        m_bench->tick("RSV2");
        m_bench->choose("Opcode", "0x9 ping");
        QCOMPARE(preview(), u"79 80 37 fa 21 3d"_s);
    }

    void withoutAMask()
    {
        m_bench->tick("Mask");
        QVERIFY(!m_bench->find<QLineEdit>("Masking key")->isEnabled());
        QTest::keyClicks(payload(), u"Hi"_s);
        QCOMPARE(preview(), u"81 02\n48 69"_s);
        QVERIFY(m_bench->words().contains(u"must mask"_s));
        QVERIFY(m_bench->words().contains(u"RFC 6455 5.1"_s));
    }

    void whatIsInvalidIsMarkedAndSentAllTheSame()
    {
        m_bench->choose("Opcode", "0x3 reserved");
        QVERIFY2(m_bench->words().contains(u"✗ breaks a rule"_s), qPrintable(m_bench->words()));
        QVERIFY(m_bench->words().contains(u"Opcode 0x3 is reserved"_s));
        auto *send = m_bench->find<QPushButton>("Send");
        QVERIFY(send->isEnabled());
        QVERIFY(send->toolTip().contains(u"although"_s));
        m_bench->tick("RSV2");
        QVERIFY(m_bench->words().contains(u"✗ breaks 2 rules"_s));
        m_bench->click("Send");
        QCOMPARE(m_bench->last().payload, QByteArray::fromHex("a38037fa213d"));
    }

    void lengthForms_data()
    {
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<QString>("header");
        QTest::newRow("shortest") << QByteArray("shortest") << u"81 82 37 fa 21 3d"_s;
        QTest::newRow("7") << QByteArray("7 bits") << u"81 82 37 fa 21 3d"_s;
        QTest::newRow("16") << QByteArray("16 bits") << u"81 fe 00 02 37 fa 21 3d"_s;
        QTest::newRow("64") << QByteArray("64 bits") << u"81 ff 00 00 00 00 00 00 00 02 37 fa 21 3d"_s;
    }

    void lengthForms()
    {
        QFETCH(QByteArray, form);
        QFETCH(QString, header);
        QTest::keyClicks(payload(), u"Hi"_s);
        m_bench->choose("Length form", form.constData());
        QCOMPARE(preview().section(u'\n', 0, 0), header);
    }

    void aFalseLength()
    {
        m_bench->choose("Length form", "64 bits");
        m_bench->tick("Claim another length");
        m_bench->type("Length claimed", u"9223372036854775807"_s);
        QCOMPARE(preview(), u"81 ff 7f ff ff ff ff ff ff ff 37 fa 21 3d"_s);
        QTRY_VERIFY(m_bench->words().contains(u"The header claims 9223372036854775807 bytes, 0 follow"_s));
        m_bench->type("Length claimed", u"-1"_s);
        QVERIFY(m_bench->words().contains(u"The length claimed must be a number"_s));
        QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->tick("Claim another length");
        QVERIFY(m_bench->find<QPushButton>("Send")->isEnabled());
    }

    void aKeyThatIsNone()
    {
        for (const QString &key : {u"37 fa 21"_s, u"37 fa 21 3d 00"_s, u"zz"_s, QString()}) {
            m_bench->type("Masking key", key.isEmpty() ? u" "_s : key);
            QVERIFY2(m_bench->words().contains(u"four bytes in hex"_s), qPrintable(key));
            QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        }
        const QString before = m_bench->find<QLineEdit>("Masking key")->text();
        m_bench->click("Random masking key");
        QVERIFY(m_bench->find<QLineEdit>("Masking key")->text() != before);
        QVERIFY(m_bench->find<QPushButton>("Send")->isEnabled());
    }

    void thePayloadInHex()
    {
        QTest::keyClicks(payload(), u"Hi"_s);
        m_bench->choose("Payload written as", "Hex");
        QCOMPARE(payload()->toPlainText(), u"48 69"_s);
        payload()->setPlainText(u"ff 0"_s);
        QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->tick("Mask");
        payload()->setPlainText(u"ff 00"_s);
        QCOMPARE(preview(), u"81 02\nff 00"_s);
        QVERIFY(m_bench->words().contains(u"UTF-8"_s));
        m_bench->choose("Opcode", "0x2");
        QVERIFY(!m_bench->words().contains(u"UTF-8"_s));
    }

    void rsv1IsFineWhereDeflateWasAgreedOn()
    {
        m_bench->tick("RSV1");
        QVERIFY(m_bench->words().contains(u"RSV1 is set"_s));
        m_bench->composer.setDeflate(true);
        QVERIFY(!m_bench->words().contains(u"RSV1 is set"_s));
        QVERIFY(m_bench->words().contains(u"No rule is broken"_s));
    }

    void focusGoesToThePayload()
    {
        m_bench->find<QPushButton>("Send")->setFocus();
        m_bench->composer.focusEditor();
        QVERIFY(payload()->hasFocus());
    }

    void tabGoesThroughTheFieldsInOrder()
    {
        m_bench->find<QPushButton>("Raw frame payload")->setFocus();
        QStringList names;
        for (int i = 0; i < 20 && !names.contains(u"Send"_s); ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            names += QApplication::focusWidget()->accessibleName();
        }
        QCOMPARE(names, (QStringList{u"FIN"_s, u"RSV1"_s, u"RSV2"_s, u"RSV3"_s, u"Opcode"_s, u"Mask"_s,
                                     u"Masking key"_s, u"Random masking key"_s, u"Length form"_s,
                                     u"Claim another length"_s, u"Payload written as"_s, u"Payload of the raw frame"_s,
                                     u"Bytes to send"_s, u"Rules"_s, u"Send"_s}));
    }

    void needsRoomOnlyWhileItIsShown()
    {
        const int tall = m_bench->composer.minimumSizeHint().height();
        m_bench->click("Text payload");
        QVERIFY(m_bench->composer.minimumSizeHint().height() < tall);
        QVERIFY(m_bench->find<QPushButton>("Frames and control messages")->isVisible());
        m_bench->click("Raw frame payload");
        QVERIFY(!m_bench->find<QPushButton>("Frames and control messages")->isVisible());
    }

    void aLongPayloadIsShownInPart()
    {
        m_bench->tick("Mask");
        payload()->setPlainText(QString(100'000, u'a'));
        QTRY_VERIFY(preview().endsWith(u"… and 95.9 kB more"_s));
        m_bench->composer.send();
        QCOMPARE(m_bench->last().payload.size(), 100'010);
    }

    void aLongPayloadIsJudgedWhenTypingPauses()
    {
        payload()->setPlainText(QString(60'000, u'a'));
        QVERIFY(preview().size() < 100);
        m_bench->choose("Opcode", "0x3 reserved");
        QVERIFY(!m_bench->words().contains(u"is reserved"_s));
        // Sending does not wait, and says what is sent.
        m_bench->composer.send();
        QVERIFY(m_bench->words().contains(u"Opcode 0x3 is reserved"_s));
        QCOMPARE(m_bench->sent.size(), 1);
    }

    void aHugePasteIsRefused()
    {
        QGuiApplication::clipboard()->setText(QString(1'000'001, u'x'));
        payload()->paste();
        QCOMPARE(payload()->toPlainText(), QString());
        QVERIFY2(m_bench->words().contains(u"too many to edit here"_s), qPrintable(m_bench->words()));
        QGuiApplication::clipboard()->setText(u"small"_s);
        payload()->paste();
        QCOMPARE(payload()->toPlainText(), u"small"_s);
        QVERIFY(!m_bench->words().contains(u"too many to edit here"_s));
    }

    void altUpBringsBackTheLastFrame()
    {
        m_bench->choose("Payload written as", "Hex");
        payload()->setPlainText(u"ff 00"_s);
        m_bench->tick("RSV3");
        m_bench->choose("Opcode", "0x9 ping");
        m_bench->composer.send();
        const QByteArray first = m_bench->last().payload;
        m_bench->tick("Mask");
        m_bench->tick("FIN");
        m_bench->choose("Opcode", "0x2");
        m_bench->choose("Length form", "16 bits");
        payload()->setPlainText(u"01"_s);
        payload()->setFocus();
        QTest::keyClick(payload(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(payload()->toPlainText(), u"ff 00"_s);
        m_bench->composer.send();
        QCOMPARE(m_bench->last().payload, first);
        // What was being written is one below.
        payload()->setPlainText(u"03"_s);
        QTest::keyClick(payload(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(payload()->toPlainText(), u"ff 00"_s);
        QTest::keyClick(payload(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(payload()->toPlainText(), u"03"_s);
    }

    void keepsItsColoursInTheDark()
    {
        QTest::keyClicks(payload(), u"Hello"_s);
        theme::apply(*qApp, theme::Scheme::Dark);
        QTextCursor cursor(m_bench->find<QTextEdit>("Bytes to send")->document());
        cursor.movePosition(QTextCursor::End);
        QCOMPARE(cursor.charFormat().foreground().color(), theme::colors(m_bench->composer.palette()).text);
        theme::apply(*qApp, theme::Scheme::Light);
    }

private:
    [[nodiscard]] QPlainTextEdit *payload() const { return m_bench->find<QPlainTextEdit>("Payload of the raw frame"); }
    [[nodiscard]] QString preview() const { return m_bench->find<QTextEdit>("Bytes to send")->toPlainText(); }

    std::unique_ptr<ComposerBench> m_bench;
};

SOCKEYE_TEST(RawFramePageTest, QApplication)
#include "tst_rawframepage.moc"
