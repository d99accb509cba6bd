#include "widgets/window/MenuKeys.h"

#include "support/TestProgram.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QTest>

using namespace sockeye;

class MenuKeysTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFieldLeavesTheWindowItsKeys();
    void aFieldKeepsItsOwnKeys();
    void otherWindowsAreLeftAlone();

private:
    /// Whether the field takes the key for itself, before it becomes a shortcut.
    [[nodiscard]] static bool isTaken(QLineEdit &field, Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QKeyEvent event(QEvent::ShortcutOverride, key, modifiers);
        event.ignore();
        QCoreApplication::sendEvent(&field, &event);
        return event.isAccepted();
    }
};

void MenuKeysTest::aFieldLeavesTheWindowItsKeys()
{
    QMainWindow window;
    QAction action;
    // Every line edit takes this one, whatever the platform's keys.
    action.setShortcut(QKeySequence(QKeySequence::SelectAll));
    QLineEdit field(&window);
    QVERIFY(isTaken(field, Qt::Key_A, Qt::ControlModifier));
    new MenuKeys({&action}, &window);
    QVERIFY(!isTaken(field, Qt::Key_A, Qt::ControlModifier));
    action.setEnabled(false);
    QVERIFY(isTaken(field, Qt::Key_A, Qt::ControlModifier));
}

void MenuKeysTest::aFieldKeepsItsOwnKeys()
{
    QMainWindow window;
    QAction action;
    action.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    QLineEdit field(&window);
    new MenuKeys({&action}, &window);
    QVERIFY(isTaken(field, Qt::Key_A, Qt::ControlModifier));
}

void MenuKeysTest::otherWindowsAreLeftAlone()
{
    QMainWindow window;
    QAction action;
    action.setShortcut(QKeySequence(QKeySequence::SelectAll));
    new MenuKeys({&action}, &window);
    QMainWindow dialog;
    QLineEdit field(&dialog);
    QVERIFY(isTaken(field, Qt::Key_A, Qt::ControlModifier));
}

SOCKEYE_TEST(MenuKeysTest, QApplication)
#include "tst_menukeys.moc"
