#include "widgets/inspector/MessagePage.h"

#include "base/Bytes.h"
#include "base/CombiningMarks.h"
#include "base/Units.h"
#include "decode/NodeText.h"
#include "reading/CaptureLoader.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/PageBar.h"
#include "widgets/controls/Prompts.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/payload/ByteCompareView.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/FindBar.h"
#include "widgets/payload/FormatButton.h"
#include "widgets/payload/FormattedPayload.h"
#include "widgets/payload/NodeView.h"
#include "widgets/style/Theme.h"
#include "wire/CloseCode.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabBar>

namespace sockeye {

namespace {

constexpr int FormattedTab = 0;
constexpr int PlainTab = 1;
constexpr int TreeTab = 2;

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

DecodeRule::About aboutOf(const Entry &entry)
{
    return entry.kind == EntryKind::Binary ? DecodeRule::About::Binary : DecodeRule::About::Text;
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
    , m_bar(new PageBar({tr("Formatted"), tr("Raw"), tr("Tree")}, this))
    , m_headline(new QLabel(this))
    , m_showHex(new QPushButton(tr("Show in Hex"), this))
    , m_findBar(new FindBar(tr("Find in message"), this))
    , m_text(new PayloadText(this))
    , m_tree(new DecodedView(this))
    , m_byteCompare(new ByteCompareView(this))
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
    m_progress = new QProgressBar(m_noteBox);
    m_progress->setFormat(tr("Formatting, %p %"));
    m_progress->setAccessibleName(tr("Formatting"));
    m_progress->setToolTip(tr("The whole message is read and formatted"));
    m_progress->hide();
    noteLayout->addWidget(m_note, 1);
    noteLayout->addWidget(m_progress);
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
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_byteCompare, 1);
    // Keeps the headline on top when the text is hidden.
    layout->addStretch(0);
    layout->addWidget(m_noteBox);
    setContent(content);
    // Until there is an entry.
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_tree, m_byteCompare, m_format, m_compare, m_bytes, m_wrap})
        widget->hide();

    connect(m_findBar, &FindBar::ended, m_text, [this] { m_text->setFocus(Qt::OtherFocusReason); });
    connect(&context, &InspectorContext::filterMarksChanged, this,
            [this] { m_finder.setFilterMarks(m_context.filterMarks()); });
    connect(&context.formats(), &MessageFormats::changed, this, &MessagePage::takeFormats);
    connect(m_showHex, &QPushButton::clicked, &context, &InspectorContext::bytesWanted);
    connect(m_saveRest, &QToolButton::clicked, this, &MessagePage::save);
    connect(m_tree, &DecodedView::notice, &context, &InspectorContext::notice);
    connect(m_byteCompare, &ByteCompareView::notice, &context, &InspectorContext::notice);
    connect(m_tree, &DecodedView::payloadRangeChosen, &context, &InspectorContext::valueChosen);
    connect(&context, &InspectorContext::byteChosen, m_tree, &DecodedView::choosePayloadByte);
    connect(m_tree->bytes(), &HexView::saveWanted, this,
            [this] { m_saver.saveSelection(*m_tree->bytes(), m_context.prompts()); });
    connect(m_tree->nodes(), &NodeView::filterWanted, &context, &InspectorContext::filterWanted);
    connect(m_tree->nodes(), &NodeView::markWanted, &context, &InspectorContext::markWanted);
    connect(m_tree->nodes(), &NodeView::plotWanted, &context, &InspectorContext::plotWanted);
    connect(m_tree->nodes(), &NodeView::columnWanted, &context, &InspectorContext::columnWanted);
    connect(&m_preparer, &PayloadPreparer::prepared, this, &MessagePage::take);
    connect(&m_preparer, &PayloadPreparer::progressed, this, &MessagePage::showProgress);
    connect(&m_saver, &PayloadSaver::done, &context, &InspectorContext::notice);
}

MessagePage::~MessagePage() = default;

void MessagePage::buildBar()
{
    QTabBar *tabs = m_bar->tabs();
    tabs->setAccessibleName(tr("Text shown"));
    tabs->setTabToolTip(FormattedTab, tr("JSON with a line for each member"));
    tabs->setTabToolTip(PlainTab, tr("The text as it was on the wire"));
    tabs->setTabToolTip(TreeTab,
                        tr("What the message says as a tree that folds, with its bytes, and with values to copy "
                           "and to filter by"));
    connect(tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (m_settingTabs)
            return;
        m_preferred = tab;
        updateText();
    });

    m_format = new FormatButton(m_bar);
    m_compare = new CompareButton(m_bar);
    m_bytes = new IconButton(QStringLiteral("bytes"), tr("Bytes"), m_bar);
    m_bytes->setToolTip(tr("Show the bytes below the tree: those of the value chosen are selected"));
    m_bytes->setCheckable(true);
    m_wrap = new QToolButton(m_bar);
    m_wrap->setText(tr("Wrap"));
    m_wrap->setToolTip(tr("Break long lines at the window's edge"));
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    m_copy = new IconButton(QStringLiteral("copy"), tr("Copy the text"), m_bar);
    m_save = new IconButton(QStringLiteral("save"), tr("Save payload…"), m_bar);
    m_bar->addWidget(m_format);
    m_bar->addWidget(m_compare);
    m_bar->addWidget(m_bytes);
    m_bar->addWidget(m_wrap);
    m_bar->addWidget(m_copy);
    m_bar->addWidget(m_save);
    connect(m_format, &FormatButton::optionsWanted, &m_context, &InspectorContext::formatsWanted);
    connect(m_format, &FormatButton::chosen, this, &MessagePage::chooseFormat);
    connect(m_compare, &CompareButton::chosen, this, &MessagePage::compare);
    connect(&m_comparer, &MessageComparer::compared, this, &MessagePage::takeCompared);
    connect(m_bytes, &QToolButton::clicked, this, [this](bool shows) {
        (m_details.entry.kind == EntryKind::Binary ? m_showsBytes : m_showsTextBytes) = shows;
        m_tree->setShowsBytes(shows);
    });
    connect(m_wrap, &QToolButton::toggled, m_text, &PayloadText::setWrapping);
    connect(m_copy, &QToolButton::clicked, this, &MessagePage::copyAll);
    connect(m_save, &QToolButton::clicked, this, &MessagePage::save);
}

void MessagePage::showEntry(const EntryDetails &details)
{
    m_asked = details;
    // The old text stays until the new one is ready.
    if (showsText(details.entry, details.text) || details.entry.kind == EntryKind::Binary) {
        prepare(details);
    } else {
        m_preparer.cancel();
        take(details, {});
    }
}

void MessagePage::prepare(const EntryDetails &details)
{
    m_preparer.prepare(details, m_context.loader(), m_context.formats().set());
}

void MessagePage::chooseFormat(const QString &id)
{
    // What one has chosen a format for one wants to see; a binary message is shown so anyway.
    if (m_details.entry.kind == EntryKind::Text)
        m_preferred = TreeTab;
    m_context.formats().setFormat(aboutOf(m_details.entry), m_details.entry.direction, id);
}

/// What it says, if it is not so long that only its bytes are compared.
std::shared_ptr<const NodeTree> MessagePage::comparedTree() const
{
    return m_payload.decoded && m_details.entry.size <= EntryDetails::MaxText ? m_payload.decoded->tree : nullptr;
}

/// With what was chosen, once the message has been decoded.
void MessagePage::compare()
{
    m_compare->setShown(m_details.entry.id);
    m_isComparing = isDecodable() && m_compare->choice().with != CompareChoice::With::Nothing;
    if (isDecodable())
        m_comparer.compare(m_compare->choice(), m_context.loader(), m_details.entry, comparedTree(),
                           m_context.formats().set());
    else
        m_comparer.cancel();
}

void MessagePage::takeCompared(const std::shared_ptr<const NodeTree> &tree, const std::optional<ComparedMessage> &other)
{
    if (comparedTree() != tree)
        return;
    m_isComparing = false;
    m_compared = other;
    m_byteCompare->hide();
    updateCompared();
    updateNote();
}

/// What was found stands in the tree, or in place of it.
void MessagePage::updateCompared()
{
    const bool isByBytes = showsMeaning() && m_compared && m_compared->bytes;
    if (isByBytes && m_byteCompare->isHidden())
        m_byteCompare->setCompared(m_context.loader(), m_details.entry, *m_compared);
    else if (!isByBytes)
        m_byteCompare->clear();
    m_byteCompare->setVisible(isByBytes);
    m_bytes->setVisible(isShown(TreeTab) && m_payload.decoded && !isByBytes);
    m_tree->setVisible(isShown(TreeTab) && !isByBytes);
    m_tree->setCompared(isShown(TreeTab) && m_compared ? m_compared->nodes : nullptr);
}

void MessagePage::takeFormats()
{
    // It may not have been made ready by the former ones yet.
    const Entry &entry = m_asked.entry;
    if (entry.size > 0 && (entry.kind == EntryKind::Text || entry.kind == EntryKind::Binary))
        prepare(m_asked);
}

/// Whether the entry is a message that says something in a format.
bool MessagePage::isDecodable() const
{
    const Entry &entry = m_details.entry;
    return entry.size > 0 && (entry.kind == EntryKind::Text || entry.kind == EntryKind::Binary);
}

void MessagePage::take(const EntryDetails &details, const PreparedPayload &payload)
{
    m_details = details;
    m_payload = payload;
    m_compared.reset();
    if (details.entry.kind == EntryKind::Binary && !details.hasFormat && payload.decoded)
        Q_EMIT m_context.formatFound(details.entry.id);
    m_context.setPayload(isDecodable() ? details.text : QByteArray());
    showHeadline();
    showText();
    compare();
    showContent();
}

void MessagePage::showHeadline()
{
    const Entry &entry = m_details.entry;
    // What a binary message says in a line; text speaks for itself.
    const bool isSummedUp = entry.kind == EntryKind::Binary && m_payload.decoded;
    const QString summary = isSummedUp ? m_payload.decoded->tree->summary : QString();
    const QString headline = summary.isEmpty() ? headlineText(m_details) : summary;
    m_headline->setText(withFewMarks(headline));
    m_headline->setVisible(!headline.isEmpty());
    const bool isText = showsText(entry, m_details.text);
    const bool hasBytes = entry.kind != EntryKind::Event && entry.kind != EntryKind::Close;
    m_showHex->setVisible(!isText && hasBytes && entry.size > 0 && !m_payload.decoded);
}

void MessagePage::showText()
{
    const Entry &entry = m_details.entry;
    const bool isText = showsText(entry, m_details.text);
    const bool isDecoded = m_payload.decoded.has_value();
    QTabBar *tabs = m_bar->tabs();
    m_settingTabs = true;
    // What is no text can be shown in one way only.
    m_bar->setTabVisible(FormattedTab, isText || !isDecoded);
    m_bar->setTabVisible(PlainTab, isText || !isDecoded);
    tabs->setTabEnabled(FormattedTab, m_payload.formatted.has_value());
    tabs->setTabEnabled(PlainTab, isText);
    // Of what fits no format one may choose it there.
    tabs->setTabEnabled(TreeTab, isDecoded || isDecodable());
    tabs->setVisible(isText || isDecoded);
    const int other = isText ? PlainTab : TreeTab;
    const bool fits = tabs->isTabEnabled(m_preferred) && (m_preferred != TreeTab || isDecoded);
    tabs->setCurrentIndex(fits ? m_preferred : other);
    m_settingTabs = false;
    m_format->setFormats(m_context.formats().set());
    m_format->setChoice(m_context.formats().format(aboutOf(entry), entry.direction));
    m_format->setShown(isDecoded ? m_payload.decoded->format : nullptr,
                       isDecoded ? m_payload.decoded->certainty : Certainty::None,
                       isDecoded && m_payload.decoded->isRule);
    m_copy->setEnabled(isText || isDecoded || entry.kind == EntryKind::Close || entry.kind == EntryKind::Event);
    m_save->setEnabled(entry.size > 0);
    updateText();
}

bool MessagePage::showsMeaning() const
{
    // There is no room for it beside all tabs of a text.
    const bool isComing = m_details.isCut() && !m_payload.decoded;
    return isShown(TreeTab) || (isDecodable() && !isComing && m_bar->tabs()->isHidden());
}

bool MessagePage::isShown(int tab) const
{
    const bool hasTabs = showsText(m_details.entry, m_details.text) || m_payload.decoded;
    return hasTabs && m_bar->tabs()->currentIndex() == tab;
}

void MessagePage::updateText()
{
    const bool isTree = isShown(TreeTab);
    const bool showsBytes = m_details.entry.kind == EntryKind::Binary ? m_showsBytes : m_showsTextBytes;
    m_text->setVisible(isShown(FormattedTab) || isShown(PlainTab));
    // A tree that is not looked at costs nothing.
    m_tree->setTree(isTree && m_payload.decoded ? m_payload.decoded->tree : nullptr);
    updateCompared();
    m_tree->setShowsBytes(showsBytes && m_payload.decoded);
    m_format->setVisible(showsMeaning());
    m_compare->setVisible(isDecodable() && (isTree || m_bar->tabs()->isHidden()));
    m_bytes->setChecked(showsBytes);
    m_wrap->setVisible(!m_text->isHidden());
    // Nor does a text.
    if (!isTree) {
        m_text->setText(isShown(FormattedTab) ? *m_payload.formatted : m_payload.plain);
        m_finder.textChanged();
    }
    if (isTree)
        m_findBar->end();
    updateNote();
}

bool MessagePage::canFind() const
{
    return m_text->isVisibleTo(this) || m_tree->isVisibleTo(this);
}

void MessagePage::find()
{
    if (isShown(TreeTab))
        m_tree->find();
    else
        m_findBar->begin();
}

void MessagePage::updateNote()
{
    const Entry &entry = m_details.entry;
    QStringList notes;
    if (entry.compressed)
        notes += tr("Compressed: %1.").arg(compressionText(m_details.wirePayload(), entry.size));
    const bool isCut = m_details.isCut() && isShown(PlainTab);
    if (isCut)
        notes += tr("The first %1 of %2 are shown.").arg(sizeText(m_details.text.size()), sizeText(entry.size));
    else if (!entry.complete)
        notes += tr("This message was broken off: its rest never came or was refused.");
    if (m_payload.isJson && !m_payload.formatted)
        notes += tr("It has too many lines to be shown formatted.");
    if (isShown(TreeTab) && m_payload.decoded) {
        const NodeTree &tree = *m_payload.decoded->tree;
        if (tree.error && tree.error->source == 0)
            notes += tr("Not decoded from byte %1 on: %2").arg(countText(tree.error->offset), tree.error->rule);
        else if (tree.error)
            notes += tr("Not decoded from byte %1 of “%2” on: %3")
                         .arg(countText(tree.error->offset), tree.sources[tree.error->source].name, tree.error->rule);
        if (tree.isCut)
            notes += tr("The tree shows the first %1 values.").arg(countText(tree.size()));
    }
    const CompareChoice &choice = m_compare->choice();
    const bool isItself = choice.with == CompareChoice::With::Entry && choice.entry == entry.id;
    if (m_compare->isVisibleTo(this) && choice.with != CompareChoice::With::Nothing && !isItself) {
        if (!m_isComparing)
            notes += MessageComparer::sentence(choice, m_compared, !comparedTree());
        else if (entry.size > EntryDetails::MaxText)
            notes += tr("Compared byte by byte… Compare with nothing to end it.");
    }
    m_saveRest->setVisible(isCut);
    m_note->setText(notes.join(u' '));
    m_noteBox->setVisible(!notes.isEmpty() || !m_progress->isHidden());
}

void MessagePage::showProgress(int percent)
{
    m_progress->setValue(percent);
    m_progress->setVisible(percent < m_progress->maximum());
    updateNote();
}

void MessagePage::clear()
{
    m_preparer.cancel();
    m_comparer.cancel();
    m_details = EntryDetails();
    m_asked = EntryDetails();
    m_payload = {};
    m_tree->setTree(nullptr);
    m_byteCompare->clear();
}

void MessagePage::copyAll()
{
    const bool isText = showsText(m_details.entry, m_details.text);
    QString text = isText ? m_text->wholeText() : m_headline->text();
    if (isShown(TreeTab) && m_payload.decoded)
        text = m_payload.formatted ? m_payload.formatted->text() : nodesText(*m_payload.decoded->tree);
    QGuiApplication::clipboard()->setText(text);
}

void MessagePage::save()
{
    const Entry &entry = m_details.entry;
    if (!m_context.loader() || entry.id == EntryId())
        return;
    const QString name = PayloadSaver::suggestedName(entry, m_payload.isJson);
    const FileRequest request{tr("Save payload"), name, tr("All files (*)"), {}};
    m_context.prompts().saveFile(this, request,
                                 [this, capture = m_context.loader()->path(), entry](const QString &target) {
                                     m_saver.save(capture, entry, target);
                                 });
}

} // namespace sockeye
