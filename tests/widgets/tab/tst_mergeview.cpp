#include "capture/CaptureFile.h"
#include "document/CaptureMerge.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/dialogs/MergeDialog.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/MergeTab.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TestMergeView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_prompts.reset();
        m_sandbox.reset();
    }

    void oneCaptureIsNotEnough()
    {
        QVERIFY(!action()->isEnabled());
        SampleLog log;
        open(log, 10);
        QVERIFY(action()->isEnabled());
        action()->trigger();
        QVERIFY(dialog());
        QVERIFY(!merge()->isEnabled());
        dialog()->reject();
    }

    void twoOfThreeAreSeenAsOne()
    {
        SampleLog a;
        SampleLog b;
        SampleLog c;
        for (SampleLog *log : {&a, &b, &c})
            open(*log, 100);
        action()->trigger();
        auto *list = dialog()->findChild<QListWidget *>();
        QCOMPARE(list->count(), 3);
        // All are called alike, so they are numbered.
        QCOMPARE(list->item(2)->text(), u"log.sockeye (3)"_s);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(merge()->isEnabled());
        merge()->click();
        QCOMPARE(m_window->tabs()->count(), 4);
        DocumentTab *tab = m_window->documents().current();
        QVERIFY(qobject_cast<MergeTab *>(tab));
        QCOMPARE(tab->title(), u"log.sockeye + log.sockeye (3)"_s);
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->model() && tab->view()->model()->rowCount() == 200, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(tab->statusLine()->text().contains(u"Merged: log.sockeye, log.sockeye (3)"_s), true,
                                  Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab->statusLine()->text().contains(u"200 entries"_s), Patience);

        // Turn by turn, each row with its lane.
        const LogHeader *header = tab->view()->logView()->columnHeader();
        QVERIFY(!header->isSectionHidden(LogModel::ConnectionColumn));
        QVERIFY(header->sectionSize(LogModel::ConnectionColumn) >=
                tab->view()->logView()->fontMetrics().horizontalAdvance(u"log.sockeye (3)"_s));
        // The other logs have no lanes.
        QCOMPARE(header->columns(), LogColumns::standard());
        const auto lane = [tab](int row) {
            return tab->view()->model()->data(tab->view()->model()->index(row, LogModel::ConnectionColumn)).toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(lane(0), u"log.sockeye"_s, Patience);
        // A page may go and come again while the merge takes the last rows.
        QTRY_COMPARE_WITH_TIMEOUT(lane(1), u"log.sockeye (3)"_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(lane(2), u"log.sockeye"_s, Patience);

        // Of the filter's suggestions, too.
        const auto suggested = [tab] {
            tab->focusFilter();
            tab->view()->filterBar()->lineEdit()->clear();
            QTest::keyClicks(tab->view()->filterBar()->lineEdit(), u"conn:"_s);
            const FilterSuggestions *open = tab->view()->filterBar()->suggestions();
            return open->isOpen() && open->list()->count() == 2
                       ? open->list()->item(1)->data(Qt::AccessibleTextRole).toString()
                       : QString();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(suggested().startsWith(u"2, log.sockeye (3) · "_s), qPrintable(suggested()),
                                  Patience);

        // It is a log like any other.
        tab->view()->filterBar()->setText(u"op:ping"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab->view()->model()->rowCount(), 50, Patience);
        QVERIFY(!tab->findChild<AddressBar *>());
        QVERIFY(!tab->findChild<Composer *>());
        QVERIFY(!m_window->menuActions()->get(u"connect"_s)->isEnabled());
        QVERIFY(m_window->menuActions()->get(u"saveCapture"_s)->isEnabled());

        // A merge is not offered for merging, and its file goes with its tab.
        action()->trigger();
        QCOMPARE(dialog()->findChild<QListWidget *>()->count(), 3);
        dialog()->reject();
        QCOMPARE(mergeFiles().size(), 1);
        m_window->documents().closeCurrent();
        QTRY_VERIFY_WITH_TIMEOUT(mergeFiles().isEmpty(), Patience);
    }

    void whatACrashLeftIsRemoved()
    {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
        QVERIFY(QDir().mkpath(folder));
        const QString left = CaptureMerge::newPath(folder);
        const QString held = CaptureMerge::newPath(folder);
        const QString other = folder + u"/other.sockeye"_s;
        for (const QString &path : {left, held, other}) {
            const auto writer = CaptureWriter::create(path);
            QVERIFY2(writer.ok(), qPrintable(writer.message()));
        }
        // As somebody has it who merges now.
        const auto holding = CaptureFile::openForWriting(held);
        QVERIFY2(holding.ok(), qPrintable(holding.message()));
        QCOMPARE(holding->value("PRAGMA journal_mode = WAL")->toString(), u"wal"_s);
        QVERIFY(holding->value("SELECT count(*) FROM entry").ok());
        CaptureMerge::removeLeftovers(folder, QDateTime::currentDateTime().addSecs(-60));
        QVERIFY2(QFile::exists(left), "It is too new to have been left.");
        CaptureMerge::removeLeftovers(folder, QDateTime::currentDateTime().addSecs(60));
        QVERIFY(!QFile::exists(left));
        QVERIFY(QFile::exists(held));
        QVERIFY(QFile::exists(other));
        QVERIFY(QFile::remove(held) && QFile::remove(other));
    }

    void aStartRemovesWhatACrashLeft()
    {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
        QVERIFY(QDir().mkpath(folder));
        QFile left(CaptureMerge::newPath(folder));
        QVERIFY(left.open(QIODevice::WriteOnly));
        QVERIFY(left.setFileTime(QDateTime::currentDateTime().addDays(-1), QFileDevice::FileModificationTime));
        left.close();
        m_window->start();
        QTRY_VERIFY_WITH_TIMEOUT(mergeFiles().isEmpty(), Patience);
    }

    void aLiveTabGoesOnInTheMerge()
    {
        SampleLog a;
        open(a, 100);
        m_window->echo().connectTo();
        auto *live = qobject_cast<ConnectionTab *>(m_window->documents().current());
        QVERIFY(live);
        QTRY_COMPARE_WITH_TIMEOUT(live->state(), ConnectionTab::State::Open, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(live->view()->model(), Patience);
        action()->trigger();
        merge()->click();
        DocumentTab *tab = m_window->documents().current();
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->model() && tab->view()->model()->rowCount() >= 101, Patience);

        live->composer()->editor()->setPlainText(u"hello"_s);
        live->sendMessage();
        const auto hellos = [tab] {
            int count = 0;
            for (int row = 100; row < tab->view()->model()->rowCount(); ++row) {
                const QModelIndex index = tab->view()->model()->index(row, LogModel::PreviewColumn);
                count += tab->view()->model()->data(index).toString() == u"hello"_s;
            }
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(hellos(), 2, Patience);

        // The tab may go: what it said last is there, too.
        m_window->tabs()->setCurrentPage(live);
        m_window->documents().closeCurrent();
        const auto endsWith = [tab](const QString &text) {
            const QModelIndex last =
                tab->view()->model()->index(tab->view()->model()->rowCount() - 1, LogModel::PreviewColumn);
            return tab->view()->model()->data(last).toString().startsWith(text);
        };
        QTRY_VERIFY_WITH_TIMEOUT(endsWith(u"Closed"_s), Patience);
    }

private:
    void open(SampleLog &log, int entries)
    {
        log.addMany(entries);
        m_window->documents().openNew();
        m_window->documents().openPath(log.path());
        const CaptureView *view = m_window->documents().current()->view();
        QTRY_VERIFY(view->model() && view->model()->rowCount() == entries);
    }

    [[nodiscard]] QAction *action() const { return m_window->menuActions()->get(u"mergeView"_s); }
    [[nodiscard]] MergeDialog *dialog() const
    {
        MergeDialog *shown = nullptr;
        for (MergeDialog *each : m_window->findChildren<MergeDialog *>()) {
            if (each->isVisible())
                shown = each;
        }
        return shown;
    }
    [[nodiscard]] QPushButton *merge() const { return named<QPushButton>(dialog(), u"Merge"_s); }
    [[nodiscard]] static QStringList mergeFiles()
    {
        return QDir(QStandardPaths::writableLocation(QStandardPaths::CacheLocation))
            .entryList({u"merge-*.sockeye"_s}, QDir::Files);
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(TestMergeView, QApplication)
#include "tst_mergeview.moc"
