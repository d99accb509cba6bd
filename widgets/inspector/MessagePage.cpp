#include "widgets/inspector/MessagePage.h"

#include "base/Bytes.h"
#include "base/CombiningMarks.h"
#include "base/Units.h"
#include "reading/CaptureLoader.h"
#include "search/EnvelopeSplitter.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/PageBar.h"
#include "widgets/controls/Prompts.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/payload/FindBar.h"
#include "widgets/payload/FormattedPayload.h"
#include "widgets/style/Theme.h"
#include "wire/CloseCode.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>

namespace sockeye {

namespace {

constexpr int FormattedTab = 0;
constexpr int PlainTab = 1;
/// The longest text that is prepared at once: it takes less than a frame, so nothing flickers.
constexpr qsizetype PreparedAtOnce = 32 * 1024;
constexpr qsizetype MaxFormatted = 4 * 1024 * 1024;

/// Whether the entry's payload is shown as text.
bool showsText(const Entry &entry, const QByteArray &payload)
{
    switch (entry.kind) {
    case EntryKind::Text:
        return entry.size > 0;
    case EntryKind::Ping:
    case EntryKind::Pong:
        return entry.size > 0 && isValidUtf8(payload);
    case EntryKind::Binary:
    case EntryKind::Raw:
    case EntryKind::Close:
    case EntryKind::Event:
        break;
    }
    return false;
}

QString closeText(const QByteArray &payload)
{
    const CloseBody body = parseCloseBody(payload);
    if (!body.wellFormed)
        return MessagePage::tr("A close whose body is one byte: no code can be read.");
    const QString code = QStringLiteral("%1 %2").arg(body.code).arg(closeCodeName(body.code));
    if (payload.isEmpty())
        return MessagePage::tr("Close without a code (%1)").arg(code);
    return body.reason.isEmpty() ? MessagePage::tr("Close %1\nNo reason given").arg(code)
                                 : MessagePage::tr("Close %1\nReason: %2").arg(code, body.reason);
}

QString pongText(const Entry &entry)
{
    const QString text = entry.size == 0 ? MessagePage::tr("A pong without a payload")
                                         : MessagePage::tr("A pong of %1").arg(sizeText(entry.size));
    return entry.latency.count() < 0
               ? text
               : MessagePage::tr("%1, %2 after the ping that it answers").arg(text, durationText(entry.latency));
}

/// The sentence above the text, or in its place; empty where the text says everything.
QString headlineText(const EntryDetails &details)
{
    const Entry &entry = details.entry;
    switch (entry.kind) {
    case EntryKind::Text:
        return entry.size == 0 ? MessagePage::tr("An empty text message") : QString();
    case EntryKind::Binary:
        return entry.size == 0 ? MessagePage::tr("An empty binary message")
                               : MessagePage::tr("A binary message of %1").arg(sizeText(entry.size));
    case EntryKind::Ping:
        return entry.size == 0 ? MessagePage::tr("A ping without a payload")
                               : MessagePage::tr("A ping of %1").arg(sizeText(entry.size));
    case EntryKind::Pong:
        return pongText(entry);
    case EntryKind::Raw:
        return MessagePage::tr("%1 that are no frame of this protocol").arg(sizeText(entry.size));
    case EntryKind::Close:
        return closeText(details.text);
    case EntryKind::Event:
        return textFromUtf8(details.text);
    }
    return {};
}

} // namespace

MessagePage::MessagePage(InspectorContext &context, QWidget *parent)
    : InspectorPage(Subject::Entry, name(), parent)
    , m_context(context)
    , m_bar(new PageBar({tr("Formatted"), tr("As received")}, this))
    , m_headline(new QLabel(this))
    , m_showHex(new QPushButton(tr("Show in Hex"), this))
    , m_findBar(new FindBar(tr("Find in message"), this))
    , m_text(new PayloadText(this))
    , m_finder(*m_findBar, *m_text)
    , m_noteBox(new QFrame(this))
    , m_note(new QLabel(this))
{
    buildBar();
    m_text->setAccessibleName(tr("Message text"));
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setContentsMargins(theme::Gap + 2, theme::Gap, theme::Gap, theme::Gap);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setProperty("dim", true);
    m_note->setWordWrap(true);
    m_noteBox->setProperty("strip", QStringLiteral("bottom"));
    auto *noteLayout = new QHBoxLayout(m_noteBox);
    noteLayout->setContentsMargins(theme::Gap + 2, 6, 4, 6);
    m_saveRest = new QToolButton(m_noteBox);
    m_saveRest->setText(tr("Save payload…"));
    noteLayout->addWidget(m_note, 1);
    noteLayout->addWidget(m_saveRest);

    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_findBar);
    layout->addWidget(m_headline);
    auto *hexRow = new QHBoxLayout;
    hexRow->setContentsMargins(theme::Gap + 2, 0, theme::Gap, 0);
    hexRow->addWidget(m_showHex);
    hexRow->addStretch();
    layout->addLayout(hexRow);
    layout->addWidget(m_text, 1);
    // Keeps the headline on top when the text is hidden.
    layout->addStretch(0);
    layout->addWidget(m_noteBox);
    setContent(content);

    connect(m_findBar, &FindBar::ended, m_text, [this] { m_text->setFocus(Qt::OtherFocusReason); });
    connect(&context, &InspectorContext::filterMarksChanged, this,
            [this] { m_finder.setFilterMarks(m_context.filterMarks()); });
    connect(m_showHex, &QPushButton::clicked, &context, &InspectorContext::bytesWanted);
    connect(m_saveRest, &QToolButton::clicked, this, &MessagePage::save);
    connect(&m_saver, &PayloadSaver::done, &context, &InspectorContext::notice);
}

MessagePage::~MessagePage() = default;

void MessagePage::buildBar()
{
    QTabBar *tabs = m_bar->tabs();
    tabs->setAccessibleName(tr("Text shown"));
    tabs->setTabToolTip(FormattedTab, tr("JSON with a line for each member"));
    tabs->setTabToolTip(PlainTab, tr("The text as it was on the wire"));
    connect(tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (m_settingTabs)
            return;
        m_prefersFormatted = tab == FormattedTab;
        updateText();
    });

    m_wrap = new QToolButton(m_bar);
    m_wrap->setText(tr("Wrap"));
    m_wrap->setToolTip(tr("Break long lines at the window's edge"));
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    m_copy = new IconButton(QStringLiteral("copy"), tr("Copy the text"), m_bar);
    m_save = new IconButton(QStringLiteral("save"), tr("Save payload…"), m_bar);
    m_bar->addWidget(m_wrap);
    m_bar->addWidget(m_copy);
    m_bar->addWidget(m_save);
    connect(m_wrap, &QToolButton::toggled, m_text, &PayloadText::setWrapping);
    connect(m_copy, &QToolButton::clicked, this, &MessagePage::copyAll);
    connect(m_save, &QToolButton::clicked, this, &MessagePage::save);
}

void MessagePage::showEntry(const EntryDetails &details)
{
    m_preparing.cancel();
    if (!showsText(details.entry, details.text)) {
        takeTexts(details, {});
        return;
    }
    // A text that was cut is not valid JSON.
    const bool mayBeJson = !details.isCut();
    if (details.text.size() <= PreparedAtOnce) {
        takeTexts(details, prepare(details.text, mayBeJson));
        return;
    }
    // The old text stays until the new one is ready.
    m_preparing.start([this, details, mayBeJson](const JobContext &job) {
        Texts texts = prepare(details.text, mayBeJson);
        job.report([this, details, texts = std::move(texts)]() mutable { takeTexts(details, std::move(texts)); });
    });
}

MessagePage::Texts MessagePage::prepare(const QByteArray &payload, bool mayBeJson)
{
    Texts texts;
    std::optional<QString> formatted;
    if (mayBeJson)
        formatted = formattedPayload(payload, MaxFormatted);
    texts.plain = PreparedText::from(textFromUtf8(payload), formatted.has_value());
    if (formatted)
        texts.formatted = PreparedText::from(*formatted, true);
    texts.isJson = formatted && EnvelopeSplitter(payload).next()->size == payload.size();
    return texts;
}

void MessagePage::takeTexts(EntryDetails details, Texts texts)
{
    m_entry = std::move(details.entry);
    details.entry = m_entry;
    m_texts = std::move(texts);
    showHeadline(details);
    showText(details);
    setNote(details);
    showContent();
}

void MessagePage::showHeadline(const EntryDetails &details)
{
    const QString headline = headlineText(details);
    m_headline->setText(withFewMarks(headline));
    m_headline->setVisible(!headline.isEmpty());
    const bool isText = showsText(details.entry, details.text);
    const bool hasBytes = details.entry.kind != EntryKind::Event && details.entry.kind != EntryKind::Close;
    m_showHex->setVisible(!isText && hasBytes && details.entry.size > 0);
}

void MessagePage::showText(const EntryDetails &details)
{
    const bool isText = showsText(details.entry, details.text);
    m_settingTabs = true;
    m_bar->tabs()->setTabEnabled(FormattedTab, m_texts.formatted.has_value());
    m_bar->tabs()->setVisible(isText);
    m_bar->tabs()->setCurrentIndex(m_texts.formatted && m_prefersFormatted ? FormattedTab : PlainTab);
    m_settingTabs = false;
    m_wrap->setVisible(isText);
    m_copy->setEnabled(isText || details.entry.kind == EntryKind::Close || details.entry.kind == EntryKind::Event);
    m_save->setEnabled(details.entry.size > 0);
    m_text->setVisible(isText);
    updateText();
}

void MessagePage::updateText()
{
    const bool formatted = m_texts.formatted && m_bar->tabs()->currentIndex() == FormattedTab;
    m_text->setText(formatted ? *m_texts.formatted : m_texts.plain);
    m_finder.textChanged();
}

bool MessagePage::canFind() const
{
    return m_text->isVisibleTo(this);
}

void MessagePage::find()
{
    m_findBar->begin();
}

void MessagePage::setNote(const EntryDetails &details)
{
    QStringList notes;
    if (details.entry.compressed)
        notes += tr("Compressed: %1.").arg(compressionText(details.wirePayload(), details.entry.size));
    if (showsText(details.entry, details.text) && details.isCut())
        notes += tr("The first %1 of %2 are shown.").arg(sizeText(details.text.size()), sizeText(details.entry.size));
    else if (!details.entry.complete)
        notes += tr("This message was broken off: its rest never came or was refused.");
    m_saveRest->setVisible(details.isCut());
    m_note->setText(notes.join(u' '));
    m_noteBox->setVisible(!notes.isEmpty());
}

void MessagePage::clear()
{
    m_preparing.cancel();
    m_entry = Entry();
}

void MessagePage::copyAll()
{
    QGuiApplication::clipboard()->setText(m_text->isVisibleTo(this) ? m_text->wholeText() : m_headline->text());
}

void MessagePage::save()
{
    if (!m_context.loader() || m_entry.id == EntryId())
        return;
    const QString name = PayloadSaver::suggestedName(m_entry, m_texts.isJson);
    const FileRequest request{tr("Save payload"), name, tr("All files (*)"), {}};
    m_context.prompts().saveFile(this, request,
                                 [this, capture = m_context.loader()->path(), entry = m_entry](const QString &target) {
                                     m_saver.save(capture, entry, target);
                                 });
}

} // namespace sockeye
