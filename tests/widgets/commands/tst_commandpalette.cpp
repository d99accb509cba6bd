#include "widgets/commands/CommandPalette.h"

#include "support/TestProgram.h"
#include "widgets/commands/CommandModel.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// The palette over a window, by keys and clicks.
class CommandPaletteTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        m_window = std::make_unique<QMainWindow>();
        auto *content = new QWidget;
        auto *layout = new QVBoxLayout(content);
        m_field = new QLineEdit(content);
        m_ground = new QLabel(u"nothing to click on"_s, content);
        layout->addWidget(m_field);
        layout->addWidget(m_ground, 1);
        m_window->setCentralWidget(content);
        m_window->resize(900, 600);
        m_palette = new CommandPalette(m_window.get());
        m_ran.clear();
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_field->setFocus();
    }

    void cleanup() { m_window.reset(); }

    void itOpensOverTheWindow()
    {
        QVERIFY(!m_palette->isVisible());
        open();
        QVERIFY(m_palette->isVisible());
        QVERIFY(m_palette->line()->hasFocus());
        QVERIFY(m_window->rect().contains(m_palette->geometry()));
        QCOMPARE(m_palette->list()->currentIndex().row(), 0);
        QVERIFY(!m_palette->line()->accessibleName().isEmpty());
        QCOMPARE(m_palette->line()->accessibleDescription(), u"alpha, File, Ctrl+A"_s);
    }

    void returnRunsWhatIsChosen()
    {
        open();
        QTest::keyClicks(m_palette->line(), u"ga"_s);
        QCOMPARE(m_palette->list()->currentIndex().data().toString(), u"gamma"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_Return);
        QCOMPARE(m_ran, QStringList{u"gamma"_s});
        QVERIFY(!m_palette->isVisible());
        QVERIFY(m_field->hasFocus());
    }

    /// What is run acts on the widget that had the focus.
    void theFocusIsBackBeforeTheCommandRuns()
    {
        QWidget *focused = nullptr;
        m_palette->open({{.title = u"look"_s, .run = [&focused] { focused = QApplication::focusWidget(); }}});
        QTest::keyClick(m_palette->line(), Qt::Key_Return);
        QCOMPARE(focused, m_field);
    }

    void arrowsChooseRoundAndRound()
    {
        open();
        const auto current = [this] { return m_palette->list()->currentIndex().data().toString(); };
        QTest::keyClick(m_palette->line(), Qt::Key_Down);
        QCOMPARE(current(), u"beta"_s);
        QCOMPARE(m_palette->line()->accessibleDescription(), u"beta, File"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_Up);
        QTest::keyClick(m_palette->line(), Qt::Key_Up);
        // "delta" cannot be run, and is not chosen.
        QCOMPARE(current(), u"gamma"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_Down);
        QCOMPARE(current(), u"alpha"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_PageDown);
        QCOMPARE(current(), u"gamma"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_PageUp);
        QCOMPARE(current(), u"alpha"_s);
    }

    void escapeClosesAndTypesNothing()
    {
        open();
        QTest::keyClicks(m_palette->line(), u"be"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_Escape);
        QVERIFY(!m_palette->isVisible());
        QVERIFY(m_field->hasFocus());
        QCOMPARE(m_field->text(), QString());
        QCOMPARE(m_ran, QStringList());
        open();
        QCOMPARE(m_palette->line()->text(), QString());
        QCOMPARE(m_palette->model()->rowCount(), 4);
    }

    void aClickRuns()
    {
        open();
        const QListView *list = m_palette->list();
        const QModelIndex beta = m_palette->model()->index(1, 0);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(beta).center());
        QCOMPARE(m_ran, QStringList{u"beta"_s});
        QVERIFY(!m_palette->isVisible());
    }

    void aClickElsewhereCloses()
    {
        open();
        QTest::mouseClick(m_ground, Qt::LeftButton, {}, QPoint(4, m_ground->height() - 4));
        QVERIFY(!m_palette->isVisible());
        QCOMPARE(m_ran, QStringList());
    }

    void theFocusElsewhereCloses()
    {
        open();
        m_field->setFocus();
        QVERIFY(!m_palette->isVisible());
    }

    void whatCannotBeRunIsNotRun()
    {
        open();
        QTest::keyClicks(m_palette->line(), u"delta"_s);
        QCOMPARE(m_palette->model()->rowCount(), 1);
        QCOMPARE(m_palette->line()->accessibleDescription(), u"delta, File, not possible now"_s);
        QTest::keyClick(m_palette->line(), Qt::Key_Return);
        QVERIFY(m_palette->isVisible());
        const QListView *list = m_palette->list();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(m_palette->model()->index(0, 0)).center());
        QCOMPARE(m_ran, QStringList());
    }

    void nothingFoundIsSaid()
    {
        open();
        QTest::keyClicks(m_palette->line(), u"zzz"_s);
        QCOMPARE(m_palette->line()->accessibleDescription(), u"Nothing has this name"_s);
        QVERIFY(!m_palette->list()->isVisible());
        QTest::keyClick(m_palette->line(), Qt::Key_Down);
        QTest::keyClick(m_palette->line(), Qt::Key_Return);
        QVERIFY(m_palette->isVisible());
    }

    void itStaysInTheWindow()
    {
        QList<Command> many;
        for (int n = 0; n < 100; ++n)
            many += {.title = QString::number(n)};
        m_palette->open(many);
        for (const QSize size : {QSize(1920, 1200), QSize(720, 480), QSize(400, 300)}) {
            m_window->resize(size);
            QTRY_VERIFY2(m_window->rect().contains(m_palette->geometry()),
                         qPrintable(u"%1 x %2"_s.arg(size.width()).arg(size.height())));
        }
        QVERIFY(m_palette->list()->height() > 0);
    }

private:
    void open() const
    {
        const auto run = [this](const QString &title) { return [this, title] { m_ran += title; }; };
        m_palette->open({{.title = u"alpha"_s, .place = u"File"_s, .keys = u"Ctrl+A"_s, .run = run(u"alpha"_s)},
                         {.title = u"beta"_s, .place = u"File"_s, .run = run(u"beta"_s)},
                         {.title = u"delta"_s, .place = u"File"_s, .run = run(u"delta"_s), .canRun = false},
                         {.title = u"gamma"_s, .place = u"File"_s, .run = run(u"gamma"_s)}});
    }

    std::unique_ptr<QMainWindow> m_window;
    QLineEdit *m_field = nullptr;
    QLabel *m_ground = nullptr;
    CommandPalette *m_palette = nullptr;
    mutable QStringList m_ran;
};

SOCKEYE_TEST(CommandPaletteTest, QApplication)
#include "tst_commandpalette.moc"
