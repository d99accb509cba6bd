#include "base/CombiningMarks.h"
#include "capture/CaptureWriter.h"
#include "library/Settings.h"
#include "reading/Annotations.h"
#include "server/EchoServer.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "widgets/commands/CommandPalette.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/controls/Prompts.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/notes/NotesDock.h"
#include "widgets/tab/CaptureView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTextDocumentFragment>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Mark = "<img src=";

bool isObeyed(const QString &text)
{
    return text.contains(QLatin1String(Mark)) && Qt::mightBeRichText(text);
}

/// What of the window would take the words for markup or for a mnemonic; empty for nothing.
QStringList obeyedIn(const QWidget *root)
{
    QStringList obeyed;
    const auto note = [&obeyed](const QObject *object, const char *what, const QString &text) {
        obeyed +=
            u"%1 %2: %3"_s.arg(QString::fromLatin1(object->metaObject()->className()), QString::fromLatin1(what), text);
    };
    QList<const QWidget *> widgets{root};
    for (const QWidget *widget : root->findChildren<QWidget *>())
        widgets += widget;
    for (const QWidget *widget : std::as_const(widgets)) {
        if (isObeyed(widget->toolTip()))
            note(widget, "tool tip", widget->toolTip());
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            const bool isPlain = label->textFormat() == Qt::PlainText;
            if (!isPlain && isObeyed(label->text()))
                note(label, "text", label->text());
        }
        if (const auto *bar = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < bar->count(); ++i) {
                if (isObeyed(bar->tabToolTip(i)))
                    note(bar, "tab's tool tip", bar->tabToolTip(i));
                if (bar->tabText(i).contains(u"a&b"))
                    note(bar, "tab's mnemonic", bar->tabText(i));
            }
        }
        const auto *view = qobject_cast<const QAbstractItemView *>(widget);
        // The log shows the tool tips of its cells by itself.
        if (!view || !view->model() || qobject_cast<const LogView *>(widget))
            continue;
        QList<QModelIndex> waiting{QModelIndex()};
        while (!waiting.isEmpty()) {
            const QModelIndex parent = waiting.takeLast();
            for (int row = 0; row < view->model()->rowCount(parent); ++row) {
                for (int column = 0; column < view->model()->columnCount(parent); ++column) {
                    const QModelIndex index = view->model()->index(row, column, parent);
                    if (isObeyed(index.data(Qt::ToolTipRole).toString()))
                        note(view, "cell's tool tip", index.data(Qt::ToolTipRole).toString());
                    waiting += index;
                }
            }
        }
    }
    for (const QAction *action : root->findChildren<QAction *>()) {
        if (isObeyed(action->toolTip()))
            note(action, "tool tip", action->toolTip());
        if (action->text().contains(u"a&b"))
            note(action, "mnemonic", action->text());
    }
    return obeyed;
}

/// The texts of lists and actions that hold more combining marks in a row than can be laid out in time; empty for
/// none. The log cuts its texts while it paints.
QStringList floodedIn(const QWidget *root)
{
    QStringList flooded;
    const auto note = [&flooded](const QObject *object, const QString &text) {
        if (surplusMarks(text).size > 0)
            flooded += QString::fromLatin1(object->metaObject()->className()) + u": "_s + text.first(20);
    };
    for (const auto *view : root->findChildren<QAbstractItemView *>()) {
        if (!view->model() || qobject_cast<const LogView *>(view))
            continue;
        QList<QModelIndex> waiting{QModelIndex()};
        while (!waiting.isEmpty()) {
            const QModelIndex parent = waiting.takeLast();
            for (int row = 0; row < view->model()->rowCount(parent); ++row) {
                for (int column = 0; column < view->model()->columnCount(parent); ++column) {
                    waiting += view->model()->index(row, column, parent);
                    for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)})
                        note(view, waiting.constLast().data(role).toString());
                }
            }
        }
    }
    for (const QAction *action : root->findChildren<QAction *>())
        note(action, action->text());
    return flooded;
}

} // namespace

/// Markup in what comes from a peer, a file or a profile is shown to the letter, wherever it can appear.
class OutsideTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_picture = m_sandbox->write(u"a.png"_s, "not even a picture");
        m_markup = u"a&b <img src='%1'> <b>x</b>"_s.arg(m_picture);
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void helpersKeepTheLetters();
    void messageBoxesShowWords();
    void theWindowShowsWords();
    void listsCutAFloodOfMarks();

private:
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        m_window->start();
    }

    std::unique_ptr<Sandbox> m_sandbox;
    QString m_picture;
    QString m_markup;
    DialogPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

void OutsideTextTest::helpersKeepTheLetters()
{
    QVERIFY(!isObeyed(plainToolTip(m_markup)));
    QCOMPARE(QTextDocumentFragment::fromHtml(plainToolTip(m_markup)).toPlainText(), m_markup);
    QCOMPARE(plainToolTip(u"a & b"_s), u"a & b"_s);
    QCOMPARE(withoutMnemonic(u"a&b\tCtrl+Q"_s), u"a&&b Ctrl+Q"_s);
    QCOMPARE(plainTitle(u"a[*]b\nc"_s), u"a[*][*]b c"_s);
    QVERIFY(!plainTitle(u"a\u202eb"_s).contains(QChar(0x202e)));
    QWidget widget;
    widget.setWindowTitle(plainTitle(u"a[*]b"_s));
    QCOMPARE(widget.windowTitle(), u"a[*][*]b"_s);
}

void OutsideTextTest::messageBoxesShowWords()
{
    QWidget window;
    m_prompts.tell(&window, m_markup, m_markup, m_markup);
    m_prompts.confirm(&window, {.title = m_markup, .text = m_markup, .accept = u"OK"_s}, [] {});
    const QList<QMessageBox *> boxes = window.findChildren<QMessageBox *>();
    QCOMPARE(boxes.size(), 2);
    int labels = 0;
    for (const QMessageBox *box : boxes) {
        QCOMPARE(obeyedIn(box), QStringList());
        for (const QLabel *label : box->findChildren<QLabel *>()) {
            if (label->text() == m_markup)
                ++labels;
        }
    }
    QCOMPARE(labels, 3);
}

void OutsideTextTest::theWindowShowsWords()
{
    // A file name, a profile's name, folder and URL, a saved filter, a URL's path, a query and a reason.
    const QString name = u"a&b <img src=x> [*]"_s;
    const QString capture = m_sandbox->path(u"data/sockeye/captures/"_s + name + u".sockeye"_s);
    QVERIFY(QDir().mkpath(QFileInfo(capture).path()));
    {
        auto writer = CaptureWriter::create(capture);
        QVERIFY2(writer.ok(), qPrintable(writer.message()));
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.url = u"ws://127.0.0.1:1/"_s + m_markup;
        record.requestHead = "GET / HTTP/1.1\r\nX-A: " + m_markup.toUtf8() + "\r\n\r\n";
        record.responseHead = "HTTP/1.1 403 " + m_markup.toUtf8() + "\r\nX-A: " + m_markup.toUtf8() + "\r\n\r\n";
        record.subprotocol = m_markup;
        record.endKind = EndKind::HandshakeFailed;
        record.endText = m_markup;
        record.checks = {{u"status"_s, {}, false, m_markup}};
        writer.value()->put(record);
        for (const EventKind kind : {EventKind::Notice, EventKind::Closed})
            writer.value()->append(NewEntry::fromEvent(record.id, timestampFromNs(1), kind, m_markup));
        QVERIFY(writer.value()->finish().ok());
    }
    m_sandbox->write(u"config/sockeye/profiles/p.json"_s,
                     QJsonDocument(QJsonObject{{u"sockeye"_s, u"profile"_s},
                                               {u"version"_s, 1},
                                               {u"name"_s, m_markup},
                                               {u"folder"_s, m_markup},
                                               {u"url"_s, u"ws://127.0.0.1:1/"_s + m_markup}})
                         .toJson());
    m_sandbox->write(u"config/sockeye/profiles/broken.json"_s, "{\"sockeye\": \"<img src=x>\"}");
    makeWindow();
    Settings settings;
    settings.setValue(Settings::Key::SavedFilters, QStringList{m_markup, u"text:\"%1\""_s.arg(m_markup)});
    m_window->documents().openPath(capture);
    DocumentTab *file = m_window->documents().current();
    QVERIFY(file);
    QTRY_VERIFY_WITH_TIMEOUT(file->view()->model() && file->view()->model()->rowCount() == 2, Patience);
    file->view()->logView()->setCurrentEntry(EntryId(1));
    EchoServer server;
    QVERIFY(server.start().ok());
    ConnectionTab *live = m_window->documents().openUrl(server.url().toString() + u"a&b%20"_s + m_markup);
    live->banner()->showMessage(m_markup);
    QVERIFY(m_window->windowTitle().contains(u" – Sockeye"));
    QTRY_COMPARE_WITH_TIMEOUT(live->state(), DocumentTab::State::Open, Patience);
    live->composer()->showError(m_markup);
    for (QMenu *menu : m_window->findChildren<QMenu *>())
        Q_EMIT menu->aboutToShow();
    QCOMPARE(obeyedIn(m_window.get()), QStringList());
    m_window->documents().setCurrent(file);
    QCOMPARE(obeyedIn(m_window.get()), QStringList());
    QVERIFY2(m_window->windowTitle().contains(u"[*][*]"), qPrintable(m_window->windowTitle()));
}

void OutsideTextTest::listsCutAFloodOfMarks()
{
    const QString flood = u"a"_s + QString(40, QChar(0x0301));
    const QString capture = m_sandbox->path(u"data/sockeye/captures/"_s + flood + u".sockeye"_s);
    QVERIFY(QDir().mkpath(QFileInfo(capture).path()));
    {
        auto writer = CaptureWriter::create(capture);
        QVERIFY2(writer.ok(), qPrintable(writer.message()));
        writer.value()->append(NewEntry::fromEvent(ConnectionId(1), timestampFromNs(1), EventKind::Notice, flood));
        QVERIFY(writer.value()->finish().ok());
    }
    m_sandbox->write(
        u"config/sockeye/profiles/p.json"_s,
        QJsonDocument(
            QJsonObject{{u"sockeye"_s, u"profile"_s}, {u"version"_s, 1}, {u"name"_s, flood}, {u"url"_s, u"ws://h/"_s}})
            .toJson());
    makeWindow();
    Settings().setValue(Settings::Key::SavedFilters, QStringList{flood, u"text:x"_s});
    m_window->documents().openPath(capture);
    CaptureView *view = m_window->documents().current()->view();
    QTRY_VERIFY_WITH_TIMEOUT(view->model() && view->model()->rowCount() == 1, Patience);
    m_window->menuActions()->get(u"showNotes"_s)->trigger();
    view->annotations()->setNote({EntryId(1)}, flood);
    auto *notes = m_window->findChild<NotesDock *>();
    QTRY_COMPARE_WITH_TIMEOUT(notes->table()->model()->rowCount(), 1, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->recentCaptures().captures().isEmpty(), Patience);
    m_window->menuActions()->get(u"commandPalette"_s)->trigger();
    QVERIFY(m_window->findChild<CommandPalette *>()->isVisible());
    for (QMenu *menu : m_window->findChildren<QMenu *>())
        Q_EMIT menu->aboutToShow();
    QVERIFY2(floodedIn(m_window.get()).isEmpty(), qPrintable(floodedIn(m_window.get()).join(u'\n')));
}

SOCKEYE_TEST(OutsideTextTest, QApplication)
#include "tst_outsidetext.moc"
