// What the window costs where nothing is fast: a quiet feed that is followed, another theme with tabs open, long texts
// in the composer, and a message that is hard to lay out. The window is painted in software.
//
//     bench_window [--seconds 20] [--only feed|theme|composer|marks]

#include "base/Paths.h"
#include "base/Units.h"
#include "bench/Figures.h"
#include "bench/Heartbeat.h"
#include "bench/Waiting.h"
#include "bench/WindowClient.h"
#include "capture/CaptureWriter.h"
#include "peers/PeerProcess.h"
#include "server/EchoServer.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Prompts.h"
#include "widgets/log/LogView.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/SessionState.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <memory>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize WindowSize(1440, 900);
constexpr qint64 NoLimit = 3'600'000;

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// Without asking now and then whether the time is over, which would cost more than what is measured.
void wait(qint64 ms)
{
    QEventLoop loop;
    QTimer::singleShot(std::chrono::milliseconds(std::min(ms, NoLimit)), &loop, &QEventLoop::quit);
    loop.exec();
}

/// Has all that is due done and painted; milliseconds since the timer began.
double settled(const QElapsedTimer &timer)
{
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// A window that has been painted once.
class Window final
{
public:
    Window()
        : m_window(m_prompts)
    {
        m_window.resize(WindowSize);
        m_window.show();
        wait(500);
    }

    [[nodiscard]] MainWindow &get() { return m_window; }
    [[nodiscard]] Documents &documents() { return m_window.documents(); }

private:
    DialogPrompts m_prompts;
    MainWindow m_window;
};

/// Counts what is painted.
class Paintings final : public QObject
{
public:
    explicit Paintings(QObject *watched) { watched->installEventFilter(this); }
    [[nodiscard]] int count() const { return m_count; }

    bool eventFilter(QObject *, QEvent *event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    int m_count = 0;
};

void runFeed(qint64 seconds)
{
    constexpr qint64 Rate = 50;
    constexpr qint64 Size = 40;
    constexpr qint64 SettleMs = 3'000;
    test::PeerProcess peer;
    if (!peer.start(test::floodServer(), {u"--count"_s, QString::number(Rate * (seconds + 60)), u"--size"_s,
                                          QString::number(Size), u"--rate"_s, QString::number(Rate)}))
        qFatal("%s", qUtf8Printable(peer.errorText()));
    Window window;
    ConnectionTab *tab = window.documents().openUrl(peer.url());
    wait(SettleMs);
    const Paintings log(tab->view()->logView()->viewport());
    const Stopwatch stopwatch;
    wait(seconds * 1'000);
    Outcome outcome;
    stopwatch.writeTo(outcome);
    print(u"Quiet feed, %1 messages/s of %2, followed: %3 % of a core, the log painted %4 times a second, %5 rows"_s
              .arg(Rate)
              .arg(sizeText(Size))
              .arg(100 * outcome.cpuSeconds / outcome.seconds, 0, 'f', 1)
              .arg(log.count() / outcome.seconds, 0, 'f', 1)
              .arg(countText(tab->view()->model()->rowCount())));
}

void runTheme()
{
    constexpr int Tabs = 10;
    EchoServer echo;
    if (const Result<> started = echo.start(); !started)
        qFatal("%s", qUtf8Printable(started.message()));
    Window window;
    for (int i = 0; i < Tabs; ++i) {
        ConnectionTab *tab = window.documents().openUrl(echo.url().toString());
        QElapsedTimer timer;
        timer.start();
        static_cast<void>(untilTrue(timer, [tab] { return tab->state() == DocumentTab::State::Open; }));
        tab->composer()->editor()->setPlainText(u"{\"tab\": %1}"_s.arg(i));
        tab->composer()->send();
    }
    wait(500);
    QStringList times;
    for (const theme::Scheme scheme : {theme::Scheme::Dark, theme::Scheme::Light, theme::Scheme::Dark}) {
        QElapsedTimer timer;
        timer.start();
        theme::apply(*qobject_cast<QApplication *>(QCoreApplication::instance()), scheme);
        times += QString::number(settled(timer), 'f', 0);
    }
    double slowest = 0;
    for (DocumentTab *tab : window.documents().all()) {
        QElapsedTimer timer;
        timer.start();
        window.documents().setCurrent(tab);
        slowest = std::max(slowest, settled(timer));
    }
    print(u"Theme switched with %1 tabs open: first %2 ms, then %3 ms and %4 ms; the slowest tab shown then: %5 ms"_s
              .arg(Tabs)
              .arg(times[0], times[1], times[2])
              .arg(slowest, 0, 'f', 0));
}

void press(QWidget *widget, int key, const QString &text)
{
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(widget, &down);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(widget, &up);
}

void runComposerWith(ConnectionTab *tab, Composer::PayloadType type, const QString &name, const QString &text)
{
    constexpr int Keys = 20;
    QPlainTextEdit *editor = tab->composer()->editor();
    tab->composer()->setPayloadType(type);
    editor->clear();
    editor->setFocus();
    wait(500);
    QGuiApplication::clipboard()->setText(text);
    QElapsedTimer timer;
    timer.start();
    editor->paste();
    const double pasted = settled(timer);
    double slowest = 0;
    double stall = 0;
    for (const QTextCursor::MoveOperation place : {QTextCursor::End, QTextCursor::Start}) {
        editor->moveCursor(place);
        const Heartbeat heartbeat;
        wait(50);
        for (int i = 0; i < Keys; ++i) {
            timer.start();
            press(editor, Qt::Key_A, u"a"_s);
            slowest = std::max(slowest, settled(timer));
        }
        // What waits for a pause in the typing.
        wait(1'500);
        stall = std::max(stall, heartbeat.longestStallMs());
    }
    print(u"  %1 of %2 characters: pasted in %3 ms, slowest key %4 ms, longest stall after it %5 ms"_s
              .arg(name, countText(text.size()))
              .arg(pasted, 0, 'f', 0)
              .arg(slowest, 0, 'f', 1)
              .arg(stall, 0, 'f', 0));
}

void runDraft(qsizetype characters)
{
    SessionState state;
    TabState kept;
    kept.endpoint.url = u"ws://127.0.0.1:1/"_s;
    kept.draft.type = kept.draft.written = PayloadType::Json;
    kept.draft.text = QString(characters, u'x');
    state.tabs = {kept};
    state.current = 0;
    QDir().mkpath(QFileInfo(paths::sessionFile()).path());
    QFile file(paths::sessionFile());
    if (!file.open(QIODevice::WriteOnly) || file.write(state.toJson()) < 0)
        qFatal("The session cannot be written");
    file.close();
    DialogPrompts prompts;
    QElapsedTimer timer;
    timer.start();
    MainWindow window(prompts);
    window.resize(WindowSize);
    window.show();
    window.start();
    const double painted = settled(timer);
    const Heartbeat heartbeat;
    const double whole = untilTrue(timer, [&window, characters] {
        const ConnectionTab *tab = window.documents().currentConnection();
        return tab && tab->composer()->draft().text.size() == characters;
    });
    print(u"  a kept draft of %1 characters: window painted after %2 ms, draft there after %3 ms, longest stall %4 ms"_s
              .arg(countText(characters))
              .arg(painted, 0, 'f', 0)
              .arg(whole, 0, 'f', 0)
              .arg(heartbeat.longestStallMs(), 0, 'f', 0));
    window.close();
    QFile::remove(paths::sessionFile());
}

void runComposer()
{
    print(u"Long texts in the composer:"_s);
    runDraft(1);
    runDraft(1'000'000);
    Window window;
    window.documents().openNew();
    ConnectionTab *tab = window.documents().currentConnection();
    using Type = Composer::PayloadType;
    for (const qsizetype size : {qsizetype(300'000), qsizetype(1'000'000), qsizetype(10'000'000)})
        runComposerWith(tab, Type::Text, u"text without a space"_s, QString(size, u'x'));
    runComposerWith(tab, Type::Json, u"JSON without a space"_s, u'[' + u"\"abc\","_s.repeated(50'000) + u"1]"_s);
    runComposerWith(tab, Type::Json, u"one JSON string"_s, u'"' + QString(300'000, u'x') + u'"');
    runComposerWith(tab, Type::Base64, u"Base64"_s, QString(300'000, u'A'));
    tab->composer()->editor()->clear();
}

void runMarks()
{
    constexpr int Marks = 100'000;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"marks.sockeye"_s);
    {
        const auto writer = CaptureWriter::create(path);
        if (!writer)
            qFatal("%s", qUtf8Printable(writer.message()));
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.url = u"ws://127.0.0.1/"_s;
        writer.value()->put(record);
        for (const QString &text : {u"plain"_s, u'a' + QString(Marks, QChar(0x301)) + u'b'}) {
            NewEntry entry;
            entry.connection = record.id;
            entry.time = Timestamp(std::chrono::seconds(1'700'000'000));
            entry.payload = text.toUtf8();
            entry.wireSize = entry.payload.size() + 10;
            writer.value()->append(std::move(entry));
        }
        if (const Result<> finished = writer.value()->finish(); !finished)
            qFatal("%s", qUtf8Printable(finished.message()));
    }
    Window window;
    window.documents().openPath(path);
    DocumentTab *tab = window.documents().current();
    QElapsedTimer timer;
    timer.start();
    static_cast<void>(
        untilTrue(timer, [tab] { return tab->view()->model() && tab->view()->model()->rowCount() == 2; }));
    wait(500);
    const auto show = [tab](int row) {
        const Heartbeat heartbeat;
        tab->view()->logView()->setCurrentIndex(tab->view()->model()->index(row, 0));
        wait(1'000);
        return heartbeat.longestStallMs();
    };
    const double plain = show(0);
    const double marks = show(1);
    print(u"A message of %1 combining marks: longest stall %2 ms (a plain one: %3 ms)"_s.arg(countText(Marks))
              .arg(marks, 0, 'f', 0)
              .arg(plain, 0, 'f', 0));
}

} // namespace

int main(int argc, char *argv[])
{
    useTemporaryHome();
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"What the window costs where nothing is fast."_s);
    parser.addHelpOption();
    const QCommandLineOption seconds(u"seconds"_s, u"How long the quiet feed is followed."_s, u"N"_s, u"20"_s);
    const QCommandLineOption only(u"only"_s, u"Run this part alone: feed, theme, composer or marks."_s, u"PART"_s);
    parser.addOptions({seconds, only});
    parser.process(app);

    const auto wants = [&](const QString &part) { return !parser.isSet(only) || parser.value(only) == part; };
    if (wants(u"feed"_s))
        runFeed(parser.value(seconds).toLongLong());
    if (wants(u"theme"_s))
        runTheme();
    if (wants(u"composer"_s))
        runComposer();
    if (wants(u"marks"_s))
        runMarks();
    return 0;
}
