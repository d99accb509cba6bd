// The composer's strip on how a message is sent.
#include "ComposerBench.h"

#include "support/TestProgram.h"

#include <QApplication>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class SendOptionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<ComposerBench>();
        QVERIFY(QTest::qWaitForWindowActive(&m_bench->composer));
    }
    void cleanup() { m_bench.reset(); }

    void areOutOfTheWayUntilAskedFor()
    {
        QVERIFY(!m_bench->find<QComboBox>("Send as")->isVisible());
        m_bench->click("Frames and control messages");
        QVERIFY(m_bench->find<QComboBox>("Send as")->isVisible());
        m_bench->click("Frames and control messages");
        QVERIFY(!m_bench->find<QComboBox>("Send as")->isVisible());
    }

    void tabGoesThroughTheOptions()
    {
        open();
        m_bench->composer.setDeflate(true);
        m_bench->find<QPushButton>("Frames and control messages")->setFocus();
        QStringList names;
        for (int i = 0; i < 10 && !names.contains(u"Send"_s); ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            names += QApplication::focusWidget()->accessibleName();
        }
        QCOMPARE(names,
                 (QStringList{u"Send as"_s, u"Cut into frames"_s, u"Compress"_s, u"Message to send"_s, u"Send"_s}));
    }

    void aPlainMessageIsOneFrame()
    {
        send(u"hello"_s);
        QCOMPARE(m_bench->last().fragmentation, Fragmentation());
        QCOMPARE(m_bench->last().kind, Outgoing::Kind::Message);
        QVERIFY(m_bench->last().compress);
    }

    void fragmentsOfASize()
    {
        open();
        m_bench->choose("Cut into frames", "fragments of");
        auto *size = m_bench->find<QSpinBox>("Bytes in a fragment");
        QVERIFY(size->isVisible());
        size->setFocus();
        size->selectAll();
        QTest::keyClicks(size, u"4"_s);
        send(u"123456789"_s);
        QCOMPARE(m_bench->last().fragmentation, (Fragmentation{4, {}}));
        QVERIFY2(m_bench->words().contains(u"9 B · 3 frames"_s), qPrintable(m_bench->words()));
    }

    void cutAtOffsets()
    {
        open();
        m_bench->choose("Cut into frames", "pieces cut at");
        m_bench->type("Offsets to cut at", u"2, 5 ,300"_s);
        send(u"123456789"_s);
        QCOMPARE(m_bench->last().fragmentation, (Fragmentation{0, {2, 5, 300}}));
        QVERIFY2(m_bench->words().contains(u"9 B · 3 frames"_s), qPrintable(m_bench->words()));
    }

    void badOffsetsAreToldAndNotSent_data()
    {
        QTest::addColumn<QString>("offsets");
        QTest::newRow("not ascending") << u"5, 5"_s;
        QTest::newRow("zero") << u"0, 5"_s;
        QTest::newRow("no number") << u"5, x"_s;
        QTest::newRow("negative") << u"-1"_s;
    }

    void badOffsetsAreToldAndNotSent()
    {
        QFETCH(QString, offsets);
        open();
        m_bench->choose("Cut into frames", "pieces cut at");
        m_bench->type("Offsets to cut at", offsets);
        QVERIFY(m_bench->words().contains(u"Offsets are numbers"_s));
        m_bench->composer.send();
        QCOMPARE(m_bench->sent.size(), 0);
        m_bench->type("Offsets to cut at", u"5"_s);
        QVERIFY(!m_bench->words().contains(u"Offsets are numbers"_s));
    }

    void compressingNeedsAnAgreement()
    {
        open();
        auto *compress = m_bench->find<QCheckBox>("Compress");
        QVERIFY(!compress->isEnabled());
        QVERIFY(compress->toolTip().contains(u"has not been agreed on"_s));
        m_bench->composer.setDeflate(true);
        QVERIFY(compress->isEnabled());
        QVERIFY(m_bench->words().contains(u"1 frame · compressed"_s));
        m_bench->tick("Compress");
        QVERIFY(!m_bench->words().contains(u"compressed"_s));
        send(u"x"_s);
        QVERIFY(!m_bench->last().compress);
    }

    void kinds_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<int>("opcode");
        QTest::newRow("text") << QByteArray("Text") << int(Opcode::Text);
        QTest::newRow("binary") << QByteArray("Binary") << int(Opcode::Binary);
        QTest::newRow("ping") << QByteArray("Ping") << int(Opcode::Ping);
        QTest::newRow("pong") << QByteArray("Pong") << int(Opcode::Pong);
    }

    void kinds()
    {
        QFETCH(QByteArray, kind);
        QFETCH(int, opcode);
        open();
        m_bench->choose("Send as", kind.constData());
        send(u"abc"_s);
        QCOMPARE(int(m_bench->last().opcode), opcode);
        QCOMPARE(m_bench->last().payload, QByteArray("abc"));
        // A control frame cannot be cut.
        QCOMPARE(m_bench->find<QComboBox>("Cut into frames")->isVisible(), opcode < 8);
    }

    void aPingInHex()
    {
        open();
        m_bench->choose("Send as", "Ping");
        m_bench->composer.setPayloadType(Composer::PayloadType::Hex);
        send(u"00 ff"_s);
        QCOMPARE(m_bench->last().opcode, Opcode::Ping);
        QCOMPARE(m_bench->last().payload, QByteArray::fromHex("00ff"));
        QVERIFY(m_bench->words().contains(u"ping · 2 B"_s));
    }

    void aLongPingIsToldAndNotSent()
    {
        open();
        m_bench->choose("Send as", "Ping");
        m_bench->composer.editor()->setPlainText(QString(126, u'x'));
        QVERIFY(m_bench->words().contains(u"at most 125 bytes; this has 126"_s));
        QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->composer.editor()->setPlainText(QString(125, u'x'));
        QVERIFY(m_bench->find<QPushButton>("Send")->isEnabled());
    }

    void aCloseWithCodeAndReason()
    {
        open();
        m_bench->choose("Send as", "Close");
        auto *code = m_bench->find<QSpinBox>("Close code");
        QVERIFY(code->isVisible());
        code->setFocus();
        code->selectAll();
        QTest::keyClicks(code, u"1001"_s);
        QVERIFY(m_bench->words().contains(u"going away"_s));
        m_bench->composer.editor()->setPlainText(u"bye ä"_s);
        m_bench->click("Send");
        QCOMPARE(m_bench->sent.size(), 0);
        QCOMPARE(m_bench->closed.size(), 1);
        QCOMPARE(m_bench->closed.first().at(0).toInt(), 1001);
        QCOMPARE(m_bench->closed.first().at(1).toString(), u"bye ä"_s);
    }

    void aCloseThatMustNotBeSent()
    {
        open();
        m_bench->choose("Send as", "Close");
        m_bench->find<QSpinBox>("Close code")->setValue(1006);
        QVERIFY(m_bench->words().contains(u"1006 is no code that may be sent"_s));
        QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->find<QSpinBox>("Close code")->setValue(4000);
        QVERIFY(m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->composer.editor()->setPlainText(QString(124, u'x'));
        QVERIFY(m_bench->words().contains(u"at most 123 bytes; this has 124"_s));
    }

    void bytesThatAreNoTextAreNotSentAsText()
    {
        open();
        m_bench->choose("Send as", "Text");
        m_bench->composer.setPayloadType(Composer::PayloadType::Hex);
        m_bench->composer.editor()->setPlainText(u"ff"_s);
        QVERIFY(m_bench->words().contains(u"must be valid UTF-8"_s));
        m_bench->choose("Send as", "Binary");
        QVERIFY(!m_bench->words().contains(u"must be valid UTF-8"_s));
    }

    void aFileIsSentAsAsked()
    {
        open();
        const QString path = m_sandbox.write(u"payload"_s, "abc");
        m_bench->composer.setPayloadType(Composer::PayloadType::File);
        m_bench->find<QLineEdit>("File to send")->setText(path);
        m_bench->choose("Send as", "Ping");
        QVERIFY2(m_bench->words().contains(u"ping · 3 B"_s), qPrintable(m_bench->words()));
        m_bench->composer.send();
        QTRY_COMPARE(m_bench->sent.size(), 1);
        QCOMPARE(m_bench->last().opcode, Opcode::Ping);
        QCOMPARE(m_bench->last().payload, QByteArray("abc"));
        m_bench->choose("Send as", "Close");
        m_bench->composer.send();
        QTRY_COMPARE(m_bench->closed.size(), 1);
        QCOMPARE(m_bench->closed.first().at(1).toString(), u"abc"_s);
        QCOMPARE(m_bench->sent.size(), 1);
    }

    void aFileThatCannotBeSentSoIsTold()
    {
        open();
        m_bench->composer.setPayloadType(Composer::PayloadType::File);
        m_bench->find<QLineEdit>("File to send")->setText(m_sandbox.write(u"long"_s, QByteArray(126, 'x')));
        QVERIFY(m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->choose("Send as", "Pong");
        QVERIFY2(m_bench->words().contains(u"at most 125 bytes; this has 126"_s), qPrintable(m_bench->words()));
        QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        // What only its bytes tell is found when they are read.
        m_bench->find<QLineEdit>("File to send")->setText(m_sandbox.write(u"bytes"_s, "\xff"));
        m_bench->choose("Send as", "Text");
        m_bench->composer.send();
        QTRY_VERIFY2(m_bench->words().contains(u"must be valid UTF-8"_s), qPrintable(m_bench->words()));
        QCOMPARE(m_bench->sent.size(), 0);
    }

    void tooManyFragmentsAreToldAndNotSent()
    {
        open();
        m_bench->composer.setPayloadType(Composer::PayloadType::File);
        const QString path = m_sandbox.write(u"large"_s, QByteArray(1024 * 1024 + 1, 'x'));
        m_bench->find<QLineEdit>("File to send")->setText(path);
        m_bench->choose("Cut into frames", "fragments of");
        m_bench->find<QSpinBox>("Bytes in a fragment")->setValue(1);
        QVERIFY2(m_bench->words().contains(u"frames; a message has"_s), qPrintable(m_bench->words()));
        QVERIFY(!m_bench->find<QPushButton>("Send")->isEnabled());
        m_bench->find<QSpinBox>("Bytes in a fragment")->setValue(2);
        QVERIFY(m_bench->find<QPushButton>("Send")->isEnabled());
    }

private:
    void open() { m_bench->click("Frames and control messages"); }
    void send(const QString &text)
    {
        auto *editor = m_bench->composer.editor();
        editor->setFocus();
        QTest::keyClicks(editor, text);
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_bench->sent.size(), 1);
    }

    Sandbox m_sandbox;
    std::unique_ptr<ComposerBench> m_bench;
};

SOCKEYE_TEST(SendOptionsTest, QApplication)
#include "tst_sendoptions.moc"
