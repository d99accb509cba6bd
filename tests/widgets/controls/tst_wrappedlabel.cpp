#include "base/CombiningMarks.h"
#include "support/TestProgram.h"
#include "widgets/controls/FactList.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr int Narrow = 300;

/// Nothing in it tells a line where to end.
QString token()
{
    return u"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."_s + u"QmFzZTY0"_s.repeated(60) + u".c2lnbmF0dXJl"_s;
}

} // namespace

class TestWrappedLabel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { QGuiApplication::clipboard()->clear(); }

    void longWordsWrap()
    {
        WrappedLabel label(token());
        label.resize(Narrow, label.heightForWidth(Narrow));
        label.show();
        const int lines = QFontMetrics(label.font()).horizontalAdvance(token()) / Narrow;
        QVERIFY(label.heightForWidth(Narrow) >= lines * QFontMetrics(label.font()).height());
        QVERIFY(label.heightForWidth(2 * Narrow) < label.heightForWidth(Narrow));
        QVERIFY(label.minimumSizeHint().width() < Narrow / 2);
    }

    void anEmptyTextIsALine()
    {
        const WrappedLabel label;
        QVERIFY(label.heightForWidth(Narrow) <= 2 * QFontMetrics(label.font()).height());
        QVERIFY(!label.hasSelection());
    }

    /// Lists of facts that stand in something narrow.
    void noFactMakesItsPageWider()
    {
        QScrollArea area;
        area.setWidgetResizable(true);
        auto *facts = new FactList;
        facts->setFacts({{u"Token"_s, token(), nullptr, true},
                         {u"Address"_s, u"wss://example.com/"_s + u"a/"_s.repeated(500)},
                         {u"Words"_s, u"some words "_s.repeated(40), "error"}});
        area.setWidget(facts);
        area.resize(Narrow, 400);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        QTRY_VERIFY(area.verticalScrollBar()->maximum() > 0);
        QCOMPARE(area.horizontalScrollBar()->maximum(), 0);
        // All of each text is in sight.
        const QList<WrappedLabel *> labels = facts->findChildren<WrappedLabel *>();
        QCOMPARE(labels.size(), 3);
        for (const WrappedLabel *label : labels)
            QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->accessibleName()));
    }

    void allIsCopiedExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("token") << token();
        QTest::newRow("lines") << u"one\ntwo\n\nthree "_s;
        QTest::newRow("spaces") << QString(u"a\u00a0b\u2028c\u200bd"_s);
        QTest::newRow("many marks") << u"e"_s + QString(100, QChar(0x301));
        QTest::newRow("markup") << u"<b>bold</b> & <img src='x'>"_s;
    }

    void allIsCopiedExactly()
    {
        QFETCH(QString, text);
        WrappedLabel label(text);
        QCOMPARE(label.text(), withFewMarks(text));
        show(label);
        QTest::mouseClick(&label, Qt::LeftButton, {}, QPoint(4, 4));
        QTRY_VERIFY(label.hasFocus());
        QTest::keyClick(&label, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&label, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }

    void aPartIsCopied()
    {
        WrappedLabel label(u"first second"_s);
        show(label);
        QTest::mouseDClick(&label, Qt::LeftButton, {}, QPoint(8, 6));
        QCOMPARE(label.selection(), u"first"_s);
        QTest::mouseClick(&label, Qt::LeftButton, {}, QPoint(1, 6));
        QVERIFY(!label.hasSelection());
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&label, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(label.selection(), u"fir"_s);
        QTest::keyClick(&label, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(label.selection(), u"first second"_s);
    }

    /// Over the end of a line, where a word goes on.
    void draggingSelectsOverLines()
    {
        WrappedLabel label(token());
        show(label);
        const int line = QFontMetrics(label.font()).height();
        QTest::mousePress(&label, Qt::LeftButton, {}, QPoint(0, line / 2));
        QTest::mouseMove(&label, QPoint(0, line * 5 / 2));
        QTest::mouseRelease(&label, Qt::LeftButton, {}, QPoint(0, line * 5 / 2));
        QVERIFY(label.selection().size() > 20);
        QVERIFY(token().startsWith(label.selection()));
    }

    void anotherTextHasNothingSelected()
    {
        WrappedLabel label(u"first"_s);
        show(label);
        label.selectAll();
        label.showText(u"second"_s);
        QVERIFY(!label.hasSelection());
        QCOMPARE(label.selection(), QString());
    }

private:
    static void show(WrappedLabel &label)
    {
        label.resize(Narrow, label.heightForWidth(Narrow));
        label.show();
        QVERIFY(QTest::qWaitForWindowActive(&label));
    }
};

SOCKEYE_TEST(TestWrappedLabel, QApplication)
#include "tst_wrappedlabel.moc"
