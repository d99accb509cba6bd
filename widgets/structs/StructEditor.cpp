#include "widgets/structs/StructEditor.h"

#include "formats/FormatSet.h"
#include "formats/MessageDecoder.h"
#include "structs/StructDecoder.h"
#include "structs/StructProgram.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/NodeView.h"
#include "widgets/structs/StructEdit.h"
#include "widgets/structs/StructExamples.h"
#include "widgets/style/Theme.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace sockeye {

namespace {

/// A text is parsed, and the example decoded, when nothing has been typed for so long.
constexpr auto StructPause = std::chrono::milliseconds(200);
/// What the example may take; it is decoded where the window lives.
constexpr qint64 MaxDecodeMs = 200;
constexpr qint32 MaxExampleNodes = 20'000;

} // namespace

StructEditor::StructEditor(QWidget *parent)
    : QWidget(parent)
    , m_edit(new StructEdit(this))
    , m_examples(new QPushButton(tr("E&xample"), this))
    , m_line(new WrappedLabel(this))
    , m_heading(new QLabel(this))
    , m_view(new DecodedView(this))
    , m_problem(new WrappedLabel(this))
    , m_pause(new QTimer(this))
    , m_formats(FormatSet::standard())
{
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeTextSide());
    splitter->addWidget(makeMessageSide());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    // Half of the room each, however much that is.
    splitter->setSizes({10'000, 10'000});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    setFocusProxy(m_edit);

    m_pause->setSingleShot(true);
    m_pause->setInterval(StructPause);
    connect(m_pause, &QTimer::timeout, this, [this] {
        parse();
        // Colours count as a change of the document, too.
        if (const QString now = text(); now != m_told) {
            m_told = now;
            Q_EMIT changed(now, !m_fault);
        }
    });
    connect(m_edit, &StructEdit::textChanged, this, [this] {
        m_refused.clear();
        m_pause->start();
    });
    connect(m_edit, &StructEdit::pasteRefused, this, [this](qsizetype characters) {
        m_refused = tr("What was pasted has %L1 characters, which is too long for a struct.").arg(characters);
        tell();
    });
    auto *next = new QShortcut(Qt::Key_F8, this, [this] {
        parsePending();
        m_edit->goToFault();
    });
    next->setContext(Qt::WidgetWithChildrenShortcut);
    parse();
}

StructEditor::~StructEditor() = default;

QWidget *StructEditor::makeTextSide()
{
    auto *side = new QWidget(this);
    auto *label = new QLabel(tr("&Struct"), side);
    label->setBuddy(m_edit);
    describe(m_edit, tr("Struct"),
             tr("What a message consists of, in the manner of C; F8 goes to what is wrong with it"));
    describe(m_examples, tr("Example"), tr("Puts a text to begin with in place of this one; Undo brings it back"));
    fillExamples();
    m_line->setAccessibleName(tr("What is wrong with the struct"));
    auto *head = new QHBoxLayout;
    head->addWidget(label);
    head->addStretch(1);
    head->addWidget(m_examples);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, theme::Gap, 0);
    layout->setSpacing(theme::Gap);
    layout->addLayout(head);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_line);
    return side;
}

QWidget *StructEditor::makeMessageSide()
{
    auto *side = new QWidget(this);
    m_view->nodes()->setAccessibleName(tr("Fields of the example message"));
    m_problem->setAccessibleName(tr("Where the example message does not fit"));
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->setSpacing(theme::Gap);
    m_heading->setMinimumHeight(m_examples->sizeHint().height());
    layout->addWidget(m_heading);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_problem);
    return side;
}

void StructEditor::fillExamples()
{
    auto *menu = new QMenu(m_examples);
    menu->setToolTipsVisible(true);
    for (const StructExample &example : structExamples()) {
        QAction *action = menu->addAction(example.name);
        connect(action, &QAction::triggered, this, [this, example] {
            m_edit->replaceText(example.text);
            m_edit->setFocus(Qt::OtherFocusReason);
        });
    }
    m_examples->setMenu(menu);
}

QString StructEditor::text() const
{
    return m_edit->text();
}

void StructEditor::setText(const QString &text)
{
    m_edit->setText(text);
    m_definition.reset();
    m_told = text;
    m_pause->stop();
    parse();
}

void StructEditor::setExample(const QByteArray &payload)
{
    m_example = payload;
    decode();
}

bool StructEditor::isValid()
{
    parsePending();
    return !m_fault;
}

std::shared_ptr<const StructDefinition> StructEditor::definition()
{
    return isValid() ? m_definition : nullptr;
}

QString StructEditor::faultText()
{
    parsePending();
    if (!m_fault)
        return {};
    return tr("Line %1, column %2: %3")
        .arg(QString::number(m_fault->line), QString::number(m_fault->column), m_fault->message);
}

void StructEditor::parsePending()
{
    // The signal still comes after the pause.
    if (m_pause->isActive())
        parse();
}

void StructEditor::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_formats = formats;
    parse();
}

void StructEditor::parse()
{
    ParsedDefinition parsed =
        StructDefinition::parse(m_edit->text(), [formats = m_formats](QStringView id) { return formats->find(id); });
    m_fault = std::move(parsed.fault);
    if (parsed.definition) {
        m_view->setTree(nullptr);
        m_definition = std::move(parsed.definition);
        m_definitionFormats = m_formats;
    }
    m_edit->setFault(isEnabled() ? m_fault : std::nullopt);
    tell();
    decode();
}

/// What is wrong, or what is described.
void StructEditor::tell()
{
    QString line = m_refused;
    // Where there is nothing to write in, nothing is wrong.
    if (!isEnabled()) {
        line = tr("Add a struct to describe messages with it.");
    } else if (line.isEmpty() && m_fault) {
        line = tr("Line %1, column %2: %3")
                   .arg(QString::number(m_fault->line), QString::number(m_fault->column), m_fault->message);
    } else if (line.isEmpty() && m_definition) {
        const auto size = m_definition->layout().size;
        const QString name = m_definition->name();
        line = m_definition->repeats() ? tr("A message is any number of “%1”.").arg(name)
               : size == 1             ? tr("A message is a “%1” of one byte.").arg(name)
               : size                  ? tr("A message is a “%1” of %2 bytes.").arg(name, QLocale().toString(*size))
                                       : tr("A message is a “%1”.").arg(name);
    }
    const bool isWrong = isEnabled() && (m_fault || !m_refused.isEmpty());
    setStyleRole(m_line, "error", isWrong);
    setStyleRole(m_line, "dim", !isWrong);
    m_line->showText(line);
}

void StructEditor::decode()
{
    QString problem;
    std::shared_ptr<const NodeTree> tree;
    if (m_definition && !m_example.isEmpty()) {
        QElapsedTimer timer;
        timer.start();
        const StructDecoder decoder(m_definition);
        NodeBuilder::Limits limits;
        limits.nodes = MaxExampleNodes;
        const auto message = decodeMessage(
            {m_example, false}, [&timer](qsizetype) { return timer.elapsed() < MaxDecodeMs; }, &decoder, limits,
            *m_formats);
        if (!message)
            problem = tr("The example takes too long to be decoded as you type.");
        else
            tree = message->tree;
    }
    if (tree && tree->error)
        problem = tr("At byte %1: %2").arg(QLocale().toString(qlonglong(tree->error->offset)), tree->error->rule);
    m_heading->setText(m_example.isEmpty() ? tr("Choose a message in the log to try it with")
                       : m_fault && tree   ? tr("Example message, by what was understood last")
                                           : tr("Example message"));
    m_view->setTree(tree);
    setStyleRole(m_problem, "error", !problem.isEmpty());
    m_problem->showText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace sockeye
