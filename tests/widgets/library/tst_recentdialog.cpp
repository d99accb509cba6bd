#include "capture/AnnotationWriter.h"
#include "capture/CaptureWriter.h"
#include "library/RecentCaptures.h"
#include "library/Settings.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/library/RecentDialog.h"
#include "widgets/library/RecentModel.h"
#include "widgets/library/Retention.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class RecentDialogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        m_settings = std::make_unique<Settings>();
        m_library = std::make_unique<CaptureLibrary>(paths::captures());
        m_recent = std::make_unique<RecentCaptures>(*m_library);
        m_keeper = std::make_unique<CaptureKeeper>(*m_prompts);
        m_retention = std::make_unique<Retention>(*m_settings, *m_recent, *m_keeper);
        connect(m_keeper.get(), &CaptureKeeper::changed, m_recent.get(), &RecentCaptures::refresh);
    }

    void cleanup()
    {
        m_dialog.reset();
        m_retention.reset();
        m_keeper.reset();
        m_recent.reset();
        m_settings.reset();
        m_sandbox.reset();
    }

    void withoutCapturesItSaysSo()
    {
        show();
        QVERIFY(!table()->isVisible());
        QVERIFY(!button(u"Open"_s)->isEnabled());
    }

    void listsWithFactsNewestFirst()
    {
        make(u"ws://a.example/feed"_s, 1, 3);
        make(u"ws://b.example:9001/"_s, 2, 70);
        show();
        QTRY_COMPARE_WITH_TIMEOUT(text(0, RecentModel::EntriesColumn), u"70"_s, Patience);
        QCOMPARE(text(0, RecentModel::TitleColumn), u"b.example:9001"_s);
        QCOMPARE(text(0, RecentModel::UrlColumn), u"ws://b.example:9001/"_s);
        QCOMPARE(text(0, RecentModel::DurationColumn), u"1 min 09 s"_s);
        QCOMPARE(text(1, RecentModel::TitleColumn), u"a.example/feed"_s);
        // By a click on the header.
        QHeaderView *header = table()->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(RecentModel::EntriesColumn) + 20, 8));
        QCOMPARE(text(0, RecentModel::EntriesColumn), u"3"_s);
    }

    void searches()
    {
        make(u"ws://a.example/"_s, 1, 1);
        make(u"ws://b.example/"_s, 2, 1);
        show();
        QTest::keyClicks(named(m_dialog.get(), u"Search captures"_s), u"A.EX"_s);
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(text(0, RecentModel::TitleColumn), u"a.example"_s);
        QTest::keyClicks(named(m_dialog.get(), u"Search captures"_s), u"zzz"_s);
        QVERIFY(!table()->isVisible());
    }

    void opensWhatIsSelected()
    {
        make(u"ws://a.example/"_s, 1, 1);
        make(u"ws://b.example/"_s, 2, 1);
        show();
        QSignalSpy opened(m_dialog.get(), &RecentDialog::openRequested);
        table()->selectAll();
        QVERIFY(!button(u"Rename"_s)->isEnabled());
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(opened.size(), 2);
        QVERIFY(!m_dialog->isVisible());
    }

    void renames()
    {
        const QString path = make(u"ws://a.example/"_s, 1, 1);
        show();
        click(0);
        QTest::mouseClick(button(u"Rename"_s), Qt::LeftButton);
        auto *editor = table()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, u"Log-in fails"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(text(0, RecentModel::TitleColumn), u"Log-in fails"_s, Patience);
        QVERIFY(!QFile::exists(path));
    }

    void deletesToTheTrash()
    {
        const QString path = make(u"ws://a.example/"_s, 1, 1);
        show();
        QSignalSpy told(m_keeper.get(), &CaptureKeeper::statusText);
        click(0);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 0, Patience);
        // With a trash nothing is asked; without one it is.
        QCOMPARE(m_prompts->asked.isEmpty(), told.constFirst().constFirst().toString().contains(u"trash"_s));
    }

    void whatIsOpenIsNotTouched()
    {
        const QString path = make(u"ws://a.example/"_s, 1, 1);
        m_keeper->setInUse([](const QString &) { return true; });
        show();
        click(0);
        QVERIFY(!button(u"Delete"_s)->isEnabled());
        QVERIFY(!button(u"Rename"_s)->isEnabled());
        QVERIFY(button(u"Open"_s)->isEnabled());
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete);
        QCOMPARE(m_prompts->told.size(), 1);
        QVERIFY(QFile::exists(path));
    }

    void retentionIsOffAndShowsWhatGoes()
    {
        const QString oldest = make(u"ws://a.example/"_s, 1, 1);
        const QString marked = make(u"ws://b.example/"_s, 2, 1);
        make(u"ws://c.example/"_s, 3, 1);
        make(u"ws://d.example/"_s, 4, 1);
        annotate(marked);
        show();
        QVERIFY(!m_retention->isOn());
        QVERIFY(!button(u"Clean up"_s)->isEnabled());
        QTest::mouseClick(named(m_dialog.get(), u"Limit what is kept"_s), Qt::LeftButton, {}, QPoint(6, 10));
        QVERIFY(m_retention->isOn());
        named<QSpinBox>(m_dialog.get(), u"Most captures"_s)->setValue(2);
        QCOMPARE(m_retention->limits().count, 2);
        // Not yet seen: a start removes nothing.
        m_retention->applyAtStart();
        m_prompts->accept = false;
        QTest::mouseClick(button(u"Clean up"_s), Qt::LeftButton);
        QCOMPARE(m_prompts->asked.size(), 1);
        QVERIFY2(m_prompts->asked.constFirst().contains(QFileInfo(oldest).completeBaseName()),
                 qPrintable(m_prompts->asked.constFirst()));
        QVERIFY(!m_prompts->asked.constFirst().contains(QFileInfo(marked).completeBaseName()));
        m_retention->applyAtStart();
        QVERIFY(QFile::exists(oldest));

        m_prompts->accept = true;
        QTest::mouseClick(button(u"Clean up"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, Patience);
        QVERIFY(!QFile::exists(oldest));
        QVERIFY(QFile::exists(marked));

        // Seen and agreed to: the next start does it by itself, and says so.
        make(u"ws://e.example/"_s, 5, 1);
        readAll();
        QSignalSpy told(m_keeper.get(), &CaptureKeeper::statusText);
        m_retention->applyAtStart();
        QVERIFY(told.wait(Patience));
        QCOMPARE(told.constFirst().constFirst().toString(), u"Removed a capture"_s);
        QVERIFY(QFile::exists(marked));
    }

    void noControlIsNameless()
    {
        make(u"ws://a.example/"_s, 1, 1);
        show();
        for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
            const auto *any = qobject_cast<const QAbstractButton *>(widget);
            const bool isControl =
                (widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && !widget->focusProxy();
            QVERIFY2(!isControl || !widget->accessibleName().isEmpty() || (any && !any->text().isEmpty()) ||
                         widget->objectName().startsWith(u"qt_"),
                     widget->metaObject()->className());
        }
    }

private:
    /// A capture of a day in January with so many entries, a second apart.
    QString make(const QString &url, int day, int entries)
    {
        const QString path = m_library->newPath(url, QDateTime({2026, 1, day}, {12, 0})).value();
        auto writer = CaptureWriter::create(path).value().release();
        const std::unique_ptr<CaptureWriter> owner(writer);
        ConnectionRecord connection;
        connection.id = writer->newConnectionId();
        connection.url = url;
        connection.endKind = EndKind::Clean;
        writer->put(connection);
        const qint64 start = QDateTime({2026, 1, day}, {12, 0}).toSecsSinceEpoch();
        for (int i = 0; i < entries; ++i)
            writer->append(NewEntry::fromEvent(connection.id, timestampFromNs((start + i) * 1'000'000'000),
                                               EventKind::Notice, u"x"_s));
        static_cast<void>(writer->finish().ok());
        QFile file(path);
        if (file.open(QIODevice::ReadWrite))
            file.setFileTime(QDateTime({2026, 1, day}, {12, 0}), QFileDevice::FileModificationTime);
        return path;
    }

    static void annotate(const QString &path)
    {
        const QDateTime modified = QFileInfo(path).lastModified();
        Annotation bookmark;
        bookmark.bookmarked = true;
        static_cast<void>(writeAnnotations(path, {{EntryId(1), bookmark}}).ok());
        QFile file(path);
        if (file.open(QIODevice::ReadWrite))
            file.setFileTime(modified, QFileDevice::FileModificationTime);
    }

    void readAll()
    {
        QSignalSpy completed(m_recent.get(), &RecentCaptures::completed);
        m_recent->refresh();
        QVERIFY(completed.wait(Patience));
    }

    void show()
    {
        readAll();
        m_dialog = std::make_unique<RecentDialog>(*m_recent, *m_keeper, *m_retention, *m_settings, *m_prompts);
        auto *tester = new QAbstractItemModelTester(m_dialog->findChild<RecentModel *>(),
                                                    QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        connect(m_dialog.get(), &QObject::destroyed, tester, &QObject::deleteLater);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void click(int row)
    {
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(table()->model()->index(row, 0)).center());
    }
    [[nodiscard]] QTableView *table() const { return named<QTableView>(m_dialog.get(), u"Captures"_s); }
    [[nodiscard]] QPushButton *button(const QString &name) const { return named<QPushButton>(m_dialog.get(), name); }
    [[nodiscard]] QString text(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<CaptureLibrary> m_library;
    std::unique_ptr<RecentCaptures> m_recent;
    std::unique_ptr<CaptureKeeper> m_keeper;
    std::unique_ptr<Retention> m_retention;
    std::unique_ptr<RecentDialog> m_dialog;
};

SOCKEYE_TEST(RecentDialogTest, QApplication)
#include "tst_recentdialog.moc"
