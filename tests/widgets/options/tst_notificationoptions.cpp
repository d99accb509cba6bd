#include "OptionsBench.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QApplication>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// The options' page about what the user is told of.
class NotificationOptionsTest final : public QObject, private OptionsBench
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        show(Endpoint());
        goTo(u"Notifications"_s);
    }

    void cleanup() { m_dialog.reset(); }

    void theyAreOffAtFirst()
    {
        QVERIFY(!m_dialog->notifyOptions().isOn());
        QVERIFY(ok()->isEnabled());
    }

    void theyAreTypedAndTicked()
    {
        type(u"Notify of entries"_s, u" dir:in tick "_s);
        tick(u"Notify of ends"_s);
        tick(u"Notify of returns"_s);
        QCOMPARE(m_dialog->notifyOptions(), (NotifyOptions{u"dir:in tick"_s, true, true}));
        QVERIFY(ok()->isEnabled());
        tick(u"Notify of ends"_s);
        QCOMPARE(m_dialog->notifyOptions(), (NotifyOptions{u"dir:in tick"_s, false, true}));
        // It is no matter of the wire.
        QCOMPARE(m_dialog->endpoint(), Endpoint());
    }

    void theyAreShownAsTheyAre()
    {
        const NotifyOptions all{u"has:finding"_s, true, true};
        m_dialog->setNotifyOptions(all);
        QCOMPARE(m_dialog->notifyOptions(), all);
        QCOMPARE(named<QLineEdit>(m_dialog.get(), u"Notify of entries"_s)->text(), u"has:finding"_s);
        QVERIFY(named<QCheckBox>(m_dialog.get(), u"Notify of ends"_s)->isChecked());
        QVERIFY(named<QCheckBox>(m_dialog.get(), u"Notify of returns"_s)->isChecked());
    }

    void aWrongFilterIsSeen()
    {
        type(u"Notify of entries"_s, u"dir:up"_s);
        QVERIFY2(problems().contains(u"up"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Notify of entries"_s, u"dir:out"_s);
        QVERIFY2(problems().isEmpty(), qPrintable(problems()));
        QVERIFY(ok()->isEnabled());
    }

    void thePageIsReset()
    {
        m_dialog->setNotifyOptions({u"tick"_s, true, true});
        QTest::mouseClick(named<QPushButton>(m_dialog.get(), u"Reset page"_s), Qt::LeftButton);
        QCOMPARE(m_dialog->notifyOptions(), NotifyOptions());
    }

    void keysGoToEachControl()
    {
        QTest::keyClick(m_dialog.get(), Qt::Key_E, Qt::AltModifier);
        QCOMPARE(QApplication::focusWidget(), named(m_dialog.get(), u"Notify of entries"_s));
        // A button is seen to be pressed.
        QTest::keyClick(m_dialog.get(), Qt::Key_D, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_dialog->notifyOptions(), (NotifyOptions{QString(), true, false}), Patience);
        QTest::keyClick(m_dialog.get(), Qt::Key_B, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_dialog->notifyOptions(), (NotifyOptions{QString(), true, true}), Patience);
    }

    void itSaysWhenItIsSilent()
    {
        for (const QString &name : {u"Notify of entries"_s, u"Notify of ends"_s, u"Notify of returns"_s})
            QVERIFY2(named(m_dialog.get(), name)->toolTip().contains(u"While you look at the tab it stays silent"),
                     qPrintable(name));
    }
};

SOCKEYE_TEST(NotificationOptionsTest, QApplication)
#include "tst_notificationoptions.moc"
