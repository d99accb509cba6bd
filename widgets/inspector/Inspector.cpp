#include "widgets/inspector/Inspector.h"

#include "base/Units.h"
#include "reading/CaptureLoader.h"
#include "explain/ClosePatterns.h"
#include "widgets/controls/Prompts.h"
#include "widgets/inspector/ClosingPage.h"
#include "document/EntryDetails.h"
#include "widgets/inspector/FramesPage.h"
#include "widgets/inspector/HandshakePage.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/MessagePage.h"
#include "widgets/inspector/TimingPage.h"
#include "widgets/inspector/TlsFactsPage.h"

#include <QPointer>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <optional>
#include <utility>

namespace sockeye {

namespace {
/// Where a page of the tabs ends up: made there, it is not moved, which would cost a new look at the style of all that
/// is in it.
QWidget *pageParent(QTabWidget *tabs)
{
    auto *stack = tabs->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly);
    return stack ? stack : static_cast<QWidget *>(tabs);
}
} // namespace

/// Holds what is wanted and what is shown, and lets one question at a time be on its way: while it is, only the latest
/// choice is remembered, so that stepping through a log fast never queues up.
class Inspector::Private final
{
public:
    explicit Private(Inspector *inspector);

    void startOver(CaptureLoader *newLoader);
    void refresh();
    void connectionsChanged();
    void setEntry(EntryId id);
    void showNothing();
    void tellStatus();

    Inspector *q;
    QFrame *panel;
    QTabWidget *tabs;
    MessagePage *message;
    HexPage *hex;
    FramesPage *frames;
    HandshakePage *handshake;
    TimingPage *timing;
    TlsFactsPage *tls;
    ClosingPage *closing;
    DialogPrompts dialogs;

    QPointer<CaptureLoader> loader;
    EntryId wantedEntry;
    ConnectionId wantedConnection;
    EntryId shownEntry;
    QString entryStatus;
    QString selectionStatus;

private:
    /// What one question brings. An entry that is shown already is not read again: entries never change.
    struct Answer
    {
        std::optional<Result<EntryDetails>> entry;
        std::optional<Result<ConnectionRecord>> connection;
        /// Over all connections of the capture.
        std::optional<QStringList> patterns;
    };
    /// What to read.
    struct Question
    {
        EntryId entry;
        bool readEntry = false;
        ConnectionId connection;
        bool readPatterns = false;
    };
    [[nodiscard]] static Answer read(const CaptureReader &capture, const Question &question);
    void take(const Answer &answer, EntryId entry);
    void showEntry(const Result<EntryDetails> &details);
    void showConnection(const Result<ConnectionRecord> &record);
    void showConnectionWords(const QString &text);

    /// Of the entry shown.
    ConnectionId m_entryConnection;
    /// Whether a question is on its way, and whether another must follow it.
    bool m_asking = false;
    bool m_askAgain = false;
    /// Whether connections came or ended since their patterns were read.
    bool m_patternsStale = false;
    /// Counts the captures: an answer out of an older one is stale.
    quint64 m_generation = 0;
};

Inspector::Private::Private(Inspector *inspector)
    : q(inspector)
    , panel(new QFrame(inspector))
    , tabs(new QTabWidget(panel))
    , message(new MessagePage(pageParent(tabs)))
    , hex(new HexPage(pageParent(tabs)))
    , frames(new FramesPage(pageParent(tabs)))
    , handshake(new HandshakePage(pageParent(tabs)))
    , timing(new TimingPage(pageParent(tabs)))
    , tls(new TlsFactsPage(pageParent(tabs)))
    , closing(new ClosingPage(pageParent(tabs)))
{
    panel->setProperty("panel", true);
    message->setPrompts(&dialogs);
    tls->setPrompts(&dialogs);
    tabs->setObjectName(QStringLiteral("pageTabs"));
    tabs->setAttribute(Qt::WA_StyledBackground);
    tabs->addTab(message, Inspector::tr("Message"));
    tabs->addTab(hex, Inspector::tr("Hex"));
    tabs->addTab(frames, Inspector::tr("Frames"));
    tabs->addTab(handshake, Inspector::tr("Handshake"));
    tabs->addTab(timing, Inspector::tr("Timing"));
    tabs->addTab(tls, Inspector::tr("TLS"));
    tabs->addTab(closing, Inspector::tr("Closing"));
    showNothing();
}

void Inspector::Private::startOver(CaptureLoader *newLoader)
{
    ++m_generation;
    m_asking = false;
    m_askAgain = false;
    m_entryConnection = ConnectionId();
    loader = newLoader;
    wantedEntry = shownEntry = EntryId();
    wantedConnection = ConnectionId();
    closing->setPatterns({});
    m_patternsStale = true;
    showNothing();
}

void Inspector::Private::showNothing()
{
    const QString words = Inspector::tr("Choose an entry of the log to see it here.");
    message->showWords(words);
    hex->showWords(words);
    frames->showWords(words);
    if (wantedConnection == ConnectionId())
        showConnectionWords(Inspector::tr("No connection yet"));
    entryStatus.clear();
    selectionStatus.clear();
    tellStatus();
}

void Inspector::Private::connectionsChanged()
{
    m_patternsStale = true;
    refresh();
}

void Inspector::Private::setEntry(EntryId id)
{
    wantedEntry = id;
    if (id == EntryId()) {
        shownEntry = EntryId();
        m_entryConnection = ConnectionId();
        showNothing();
    }
    refresh();
}

void Inspector::Private::refresh()
{
    if (!loader || (wantedEntry == EntryId() && wantedConnection == ConnectionId()))
        return;
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    const Question question{wantedEntry, wantedEntry != EntryId() && wantedEntry != shownEntry,
                            wantedEntry == EntryId() ? wantedConnection : m_entryConnection,
                            std::exchange(m_patternsStale, false)};
    loader->read(
        q, [question](const CaptureReader &capture) { return read(capture, question); },
        [this, entry = wantedEntry, generation = m_generation](const Answer &answer) {
            if (generation == m_generation)
                take(answer, entry);
        });
}

Inspector::Private::Answer Inspector::Private::read(const CaptureReader &capture, const Question &question)
{
    Answer answer;
    ConnectionId connection = question.connection;
    if (question.readEntry) {
        answer.entry = EntryDetails::read(capture, question.entry);
        if (*answer.entry)
            connection = answer.entry->value().entry.connection;
    }
    if (connection != ConnectionId())
        answer.connection = capture.connection(connection);
    if (question.readPatterns) {
        if (const auto connections = capture.connectionEnds())
            answer.patterns = closePatterns(connections.value());
    }
    return answer;
}

void Inspector::Private::take(const Answer &answer, EntryId entry)
{
    m_asking = false;
    if (answer.patterns)
        closing->setPatterns(*answer.patterns);
    // Another choice was made meanwhile: this one is not shown any more.
    if (entry == wantedEntry) {
        if (answer.entry) {
            shownEntry = entry;
            showEntry(*answer.entry);
        }
        if (answer.connection)
            showConnection(*answer.connection);
    }
    if (m_askAgain || entry != wantedEntry)
        refresh();
}

void Inspector::Private::showEntry(const Result<EntryDetails> &details)
{
    selectionStatus.clear();
    if (!details) {
        message->showWords(details.message());
        hex->showWords(details.message());
        frames->showWords(details.message());
        entryStatus.clear();
    } else {
        m_entryConnection = details->entry.connection;
        message->show(loader, details.value());
        hex->show(loader, details.value());
        frames->show(details.value());
        entryStatus = Inspector::tr("Entry %1, %2")
                          .arg(QString::number(details->entry.id.value()), sizeText(details->entry.size));
    }
    tellStatus();
}

void Inspector::Private::showConnection(const Result<ConnectionRecord> &record)
{
    if (!record) {
        showConnectionWords(record.message());
        return;
    }
    handshake->show(record.value());
    timing->show(record.value());
    tls->show(record.value());
    closing->show(record.value());
}

void Inspector::Private::showConnectionWords(const QString &text)
{
    handshake->showWords(text);
    timing->showWords(text);
    tls->showWords(text);
    closing->showWords(text);
}

void Inspector::Private::tellStatus()
{
    Q_EMIT q->statusText(selectionStatus.isEmpty() ? entryStatus
                                                   : entryStatus + QStringLiteral("     ") + selectionStatus);
}

Inspector::Inspector(QWidget *parent)
    : QWidget(parent)
    , m_d(std::make_unique<Private>(this))
{
    setAccessibleName(tr("Inspector"));
    auto *inner = new QVBoxLayout(m_d->panel);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_d->tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_d->panel);

    connect(m_d->message, &MessagePage::hexWanted, this, [this] { m_d->tabs->setCurrentWidget(m_d->hex); });
    connect(m_d->message, &MessagePage::notice, this, &Inspector::statusText);
    connect(m_d->hex, &HexPage::notice, this, &Inspector::statusText);
    connect(m_d->tls, &TlsFactsPage::notice, this, &Inspector::statusText);
    connect(m_d->handshake, &HandshakePage::lenientWanted, this, &Inspector::lenientWanted);
    connect(m_d->hex, &HexPage::selectionText, this, [this](const QString &text) {
        m_d->selectionStatus = text;
        m_d->tellStatus();
    });
}

Inspector::~Inspector()
{
    // The pages go after this object's own part: what they say meanwhile finds nobody.
    m_d->message->disconnect(this);
    m_d->hex->disconnect(this);
    m_d->tls->disconnect(this);
}

void Inspector::setPrompts(Prompts *prompts)
{
    m_d->message->setPrompts(prompts ? prompts : &m_d->dialogs);
    m_d->tls->setPrompts(prompts ? prompts : &m_d->dialogs);
}

void Inspector::setLoader(CaptureLoader *loader)
{
    m_d->startOver(loader);
}

void Inspector::showEntry(EntryId id)
{
    m_d->setEntry(id);
}

void Inspector::showConnection(ConnectionId id)
{
    m_d->wantedConnection = id;
    m_d->connectionsChanged();
}

void Inspector::setLenientOffered(bool offered)
{
    m_d->handshake->setLenientOffered(offered);
}

} // namespace sockeye
