#include "widgets/inspector/Inspector.h"

#include "base/Units.h"
#include "reading/CaptureLoader.h"
#include "widgets/inspector/InspectorPages.h"
#include "widgets/inspector/InspectorReader.h"
#include "widgets/inspector/NoteStrip.h"

#include <QApplication>
#include <QFrame>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

/// The widget that holds the pages of the tabs. A page that is created in it need not be moved there, which would cost
/// another look-up of the style for all that the page holds.
QWidget *pageParent(QTabWidget *tabs)
{
    auto *stack = tabs->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly);
    return stack ? stack : static_cast<QWidget *>(tabs);
}

} // namespace

Inspector::Inspector(QWidget *parent)
    : QWidget(parent)
    , m_reader(std::make_unique<InspectorReader>())
    , m_panel(std::make_unique<QFrame>(this))
    , m_note(new NoteStrip(m_panel.get()))
    , m_tabs(new QTabWidget(m_panel.get()))
{
    setAccessibleName(tr("Inspector"));
    m_panel->setProperty("panel", true);
    // Not what a page needs at the moment: else the inspector would change its width with each entry that is chosen.
    constexpr int LeastLetters = 30;
    m_panel->setMinimumWidth(LeastLetters * fontMetrics().averageCharWidth());
    m_tabs->setObjectName(QStringLiteral("pageTabs"));
    m_tabs->setAttribute(Qt::WA_StyledBackground);
    auto *inner = new QVBoxLayout(m_panel.get());
    inner->setContentsMargins(1, 1, 1, 1);
    inner->setSpacing(0);
    inner->addWidget(m_note);
    inner->addWidget(m_tabs, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_panel.get());
    addPages();

    connect(&m_context.formats(), &MessageFormats::changed, this,
            [this] { m_reader->setFormats(m_context.formats().set()); });
    connect(m_reader.get(), &InspectorReader::entryRead, this, &Inspector::takeEntry);
    connect(m_reader.get(), &InspectorReader::connectionRead, this, &Inspector::takeConnection);
    connect(&m_context, &InspectorContext::notice, this, &Inspector::statusText);
    connect(&m_context, &InspectorContext::lenientWanted, this, &Inspector::lenientWanted);
    connect(&m_context, &InspectorContext::filterWanted, this, &Inspector::filterWanted);
    connect(&m_context, &InspectorContext::markWanted, this, &Inspector::markWanted);
    connect(&m_context, &InspectorContext::plotWanted, this, &Inspector::plotWanted);
    connect(&m_context, &InspectorContext::columnWanted, this, &Inspector::columnWanted);
    connect(&m_context, &InspectorContext::formatsWanted, this, &Inspector::formatsWanted);
    connect(&m_context, &InspectorContext::payloadShown, this, &Inspector::payloadShown);
    connect(&m_context, &InspectorContext::formatFound, this, &Inspector::takeFormat);
    connect(&m_context, &InspectorContext::selectionText, this, [this](const QString &text) {
        m_selectionStatus = text;
        updateStatus();
    });
    showNothing();
}

Inspector::~Inspector()
{
    // Signals that the pages emit while they are destroyed must not leave the inspector.
    m_context.disconnect(this);
}

void Inspector::addPages()
{
    m_pages = makeInspectorPages(m_context, pageParent(m_tabs));
    for (InspectorPage *page : std::as_const(m_pages)) {
        m_tabs->addTab(page, page->title());
        connect(page, &InspectorPage::raiseRequested, m_tabs, [this, page] { bringUp(page); });
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (!m_isBringingUp)
            takeChoice();
    });
}

void Inspector::bringUp(QWidget *page)
{
    const QScopedValueRollback guard(m_isBringingUp, true);
    m_tabs->setCurrentWidget(page);
}

void Inspector::takeChoice()
{
    m_choice.choose(m_kind, static_cast<InspectorPage *>(m_tabs->currentWidget())->title());
    // What the user brings up while messages pass by stays there for them.
    m_holdsPage = m_isLatest;
}

/// When something of another kind is shown; until then the page stays whatever it is.
void Inspector::choosePage()
{
    const PageChoice::Kind kind =
        PageChoice::kindOf(m_entry ? &*m_entry : nullptr, m_hasFormat, m_connection ? &*m_connection : nullptr);
    // While messages pass by, no page is torn away but for what ends the connection.
    const bool isEnd = kind == PageChoice::Kind::Refusal || kind == PageChoice::Kind::Interruption;
    // Bytes without a format hold none: what can be read is to be read once it comes.
    const bool isMessage = m_entry && (m_entry->kind == EntryKind::Text || kind == PageChoice::Kind::Fields);
    const bool holds = m_isLatest && m_holdsPage && !isEnd;
    m_holdsPage = m_isLatest && (m_holdsPage || isMessage);
    if (std::exchange(m_kind, kind) == kind || holds)
        return;
    const auto page = std::ranges::find(m_pages, m_choice.pageFor(kind), &InspectorPage::title);
    if (page != m_pages.end())
        bringUp(*page);
}

void Inspector::showPage(const QString &title)
{
    const QWidget *focused = QApplication::focusWidget();
    const bool hasFocus = focused && isAncestorOf(focused);
    for (InspectorPage *page : std::as_const(m_pages)) {
        if (page->title() != title)
            continue;
        m_tabs->setCurrentWidget(page);
        takeChoice();
        // Keys go on where the eyes are.
        if (hasFocus)
            focusPage();
    }
}

void Inspector::focusPage()
{
    auto *page = static_cast<InspectorPage *>(m_tabs->currentWidget());
    QWidget *target = page->focusTarget();
    (target ? target : m_tabs->tabBar())->setFocus(Qt::ShortcutFocusReason);
}

void Inspector::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier)
        Q_EMIT leaveRequested();
    else
        QWidget::keyPressEvent(event);
}

void Inspector::setPrompts(Prompts *prompts)
{
    m_context.setPrompts(prompts);
}

void Inspector::setLoader(CaptureLoader *loader)
{
    m_reader->setLoader(loader);
    m_context.setLoader(loader);
    m_connection.reset();
    m_isLatest = false;
    showNothing();
}

void Inspector::setAnnotations(Annotations *annotations)
{
    m_note->setAnnotations(annotations);
}

void Inspector::showEntry(EntryId id)
{
    const bool wasLatest = std::exchange(m_isLatest, false);
    if (id == EntryId())
        showNothing();
    else if (wasLatest && m_entry && m_entry->id == id)
        showEntryStatus();
    m_reader->setEntry(id);
}

void Inspector::showLatest(EntryId id)
{
    if (!std::exchange(m_isLatest, true))
        showEntryStatus();
    m_reader->setEntry(id);
}

void Inspector::showConnection(ConnectionId id)
{
    m_reader->setConnection(id);
}

void Inspector::setLenientOffered(bool offered)
{
    m_context.setLenientOffered(offered);
}

/// Where the user can find something: the current page if it can be searched; null for none.
InspectorPage *Inspector::findPage() const
{
    auto *current = static_cast<InspectorPage *>(m_tabs->currentWidget());
    if (current->canFind())
        return current;
    const auto found = std::ranges::find_if(m_pages, &InspectorPage::canFind);
    return found == m_pages.end() ? nullptr : *found;
}

void Inspector::find()
{
    InspectorPage *page = findPage();
    if (!page)
        return;
    // Shown first, for what is hidden takes no focus.
    bringUp(page);
    page->find();
}

void Inspector::showNothing()
{
    showPlaceholder(InspectorPage::Subject::Entry, tr("Choose an entry of the log to see it here."));
    if (!m_reader->hasConnection()) {
        showPlaceholder(InspectorPage::Subject::Connection, tr("No connection yet"));
        m_connection.reset();
    }
    for (InspectorPage *page : std::as_const(m_pages))
        page->showFindings({});
    m_entry.reset();
    m_note->setEntry({});
    choosePage();
    m_selectionStatus.clear();
    showEntryStatus();
}

void Inspector::showEntryStatus()
{
    m_entryStatus = m_entry && !m_isLatest
                        ? tr("Entry %1, %2").arg(QString::number(m_entry->id.value()), sizeText(m_entry->size))
                        : QString();
    updateStatus();
}

void Inspector::takeEntry(const Result<EntryDetails> &details)
{
    m_selectionStatus.clear();
    if (details) {
        for (InspectorPage *page : std::as_const(m_pages)) {
            page->showFindings(details->findings);
            page->showEntry(details.value());
        }
        m_entry = details->entry;
        m_hasFormat = details->hasFormat;
        m_note->setEntry(m_entry->id);
        choosePage();
    } else {
        showPlaceholder(InspectorPage::Subject::Entry, details.message());
        m_entry.reset();
        m_note->setEntry({});
    }
    // Whatever else the status bar says stays there while the latest entry changes.
    if (!m_isLatest)
        showEntryStatus();
}

/// A long message was read in the background. Nobody who works on a page meanwhile is taken away from it.
void Inspector::takeFormat(EntryId id)
{
    if (!m_entry || m_entry->id != id)
        return;
    m_hasFormat = true;
    const QWidget *focused = QApplication::focusWidget();
    if (!focused || !m_tabs->currentWidget()->isAncestorOf(focused))
        choosePage();
}

void Inspector::takeConnection(const Result<ConnectionDetails> &details)
{
    if (!details) {
        showPlaceholder(InspectorPage::Subject::Connection, details.message());
        return;
    }
    for (InspectorPage *page : std::as_const(m_pages))
        page->showConnection(details.value());
    m_connection = details->record;
    choosePage();
}

void Inspector::showPlaceholder(InspectorPage::Subject subject, const QString &text)
{
    for (InspectorPage *page : std::as_const(m_pages)) {
        if (page->subject() == subject)
            page->showPlaceholder(text);
    }
}

void Inspector::updateStatus()
{
    Q_EMIT statusText(m_selectionStatus.isEmpty() ? m_entryStatus
                                                  : m_entryStatus + QStringLiteral("     ") + m_selectionStatus);
}

} // namespace sockeye
