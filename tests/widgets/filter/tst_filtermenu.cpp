#include "widgets/filter/FilterMenu.h"

#include "library/Settings.h"
#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "tests/support/Sandbox.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/ManageFiltersDialog.h"
#include "widgets/filter/SaveFilterDialog.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Filters that are saved, and those that were used last.
class TestFilterMenu final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_bar.reset(); }

    void savesAndRemembers();
    void renamesAndDeletesSaved();

private:
    test::Sandbox m_sandbox;
    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<FilterBar> m_bar;
};

void TestFilterMenu::initTestCase()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(2000);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_model = std::make_unique<LogModel>(*m_loader);
    m_model->advanceTo(EntryId(2000));
}

void TestFilterMenu::savesAndRemembers()
{
    Settings settings;
    FilterStore store(settings);
    m_bar = std::make_unique<FilterBar>();
    m_bar->setLogModel(m_model.get());
    m_bar->setSettings(&settings);
    QTest::keyClicks(m_bar->lineEdit(), u"op:ping"_s);
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Return);
    QCOMPARE(store.recent(), QStringList{u"op:ping"_s});
    // Nor is what cannot be understood, however soon the line is left.
    m_bar->lineEdit()->selectAll();
    QTest::keyClicks(m_bar->lineEdit(), u"size>"_s);
    Q_EMIT m_bar->lineEdit()->editingFinished();
    QVERIFY(!m_bar->errorText().isEmpty());
    QCOMPARE(store.recent(), QStringList{u"op:ping"_s});
    m_bar->setText(u"op:ping"_s);
    SaveFilterDialog dialog(store, m_bar->text(), nullptr);
    dialog.findChild<QLineEdit *>()->setText(u" Pings & more "_s);
    dialog.accept();
    QCOMPARE(store.saved(), (QList<SavedFilter>{{u"Pings & more"_s, u"op:ping"_s}}));

    m_bar->setText({});
    auto *menu = m_bar->findChild<FilterMenu *>()->menu();
    Q_EMIT menu->aboutToShow();
    QAction *saved = nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text() == u"Pings && more"_s)
            saved = action;
    }
    QVERIFY(saved);
    saved->trigger();
    QCOMPARE(m_bar->text(), u"op:ping"_s);
    QTRY_COMPARE(m_model->rowCount(), 500);
    m_bar->setSettings(nullptr);
}

void TestFilterMenu::renamesAndDeletesSaved()
{
    Settings settings;
    FilterStore store(settings);
    for (const SavedFilter &filter : store.saved())
        store.remove(filter.name);
    store.save({u"b"_s, u"dir:in"_s});
    store.save({u"a"_s, u"dir:out"_s});
    store.save({u"B"_s, u"op:ping"_s});
    QCOMPARE(store.saved(), (QList<SavedFilter>{{u"a"_s, u"dir:out"_s}, {u"B"_s, u"op:ping"_s}}));
    ManageFiltersDialog dialog(store, nullptr);
    auto *list = dialog.findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    list->item(0)->setText(u"c"_s);
    QTRY_COMPARE(list->item(1)->text(), u"c"_s);
    QCOMPARE(store.saved().constLast(), (SavedFilter{u"c"_s, u"dir:out"_s}));
    // A name that is taken changes nothing.
    list->setCurrentRow(1);
    list->item(1)->setText(u"b"_s);
    QTRY_COMPARE(list->item(1)->text(), u"c"_s);
    list->setFocus();
    list->setCurrentRow(0);
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text() == u"&Delete"_s)
            button->click();
    }
    QCOMPARE(store.saved(), (QList<SavedFilter>{{u"c"_s, u"dir:out"_s}}));
}

SOCKEYE_TEST(TestFilterMenu, QApplication)
#include "tst_filtermenu.moc"
