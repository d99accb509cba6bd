#include "widgets/formats/FormatRulesPage.h"

#include "formats/FormatSet.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <array>

namespace sockeye {

namespace {

enum Column { MessagesColumn, TopicColumn, FormatColumn };

constexpr int AboutRole = Qt::UserRole;
constexpr int DirectionRole = Qt::UserRole + 1;
constexpr int ChoiceRole = Qt::UserRole + 2;
constexpr std::array RuleDirections{Direction::None, Direction::In, Direction::Out};

QStringList aboutNames()
{
    return {FormatRulesPage::tr("Text and binary"), FormatRulesPage::tr("Text"), FormatRulesPage::tr("Binary")};
}

QStringList directionNames()
{
    return {FormatRulesPage::tr("received and sent"), FormatRulesPage::tr("received"), FormatRulesPage::tr("sent")};
}

int indexOf(Direction direction)
{
    return static_cast<int>(std::ranges::find(RuleDirections, direction) - RuleDirections.begin());
}

} // namespace

FormatRulesPage::FormatRulesPage(QWidget *parent)
    : QWidget(parent)
    , m_list(new QTreeWidget(this))
    , m_add(new QPushButton(tr("&Add"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
    , m_up(new QPushButton(tr("&Up"), this))
    , m_down(new QPushButton(tr("&Down"), this))
    , m_form(new QWidget(this))
    , m_about(new QComboBox(m_form))
    , m_direction(new QComboBox(m_form))
    , m_topic(new QLineEdit(m_form))
    , m_format(new QComboBox(m_form))
{
    build();
    connect(m_add, &QPushButton::clicked, this, &FormatRulesPage::addRule);
    connect(m_remove, &QPushButton::clicked, this, &FormatRulesPage::removeRule);
    connect(m_up, &QPushButton::clicked, this, [this] { moveRule(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveRule(1); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &FormatRulesPage::showRule);
    connect(m_about, &QComboBox::currentIndexChanged, this, &FormatRulesPage::takeRule);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &FormatRulesPage::takeRule);
    connect(m_topic, &QLineEdit::textChanged, this, &FormatRulesPage::takeRule);
    connect(m_format, &QComboBox::currentTextChanged, this, &FormatRulesPage::takeRule);
    showRule();
}

void FormatRulesPage::build()
{
    auto *about = new QLabel(tr("Messages are read as what fits them, unless a rule here says otherwise. The first "
                                "rule that is about a message counts."),
                             this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    describe(m_list, tr("Rules"), tr("The first rule that is about a message counts; Del takes one away"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("Messages"), tr("Topic"), tr("Read as")});
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(MessagesColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(TopicColumn, QHeaderView::ResizeToContents);
    auto *remove = new QAction(m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    connect(remove, &QAction::triggered, this, &FormatRulesPage::removeRule);
    describe(m_add, tr("Add"), tr("Add a rule"));
    describe(m_remove, tr("Remove"), tr("Take the rule away (Del)"));
    describe(m_up, tr("Up"), tr("Let the rule count before the one above it"));
    describe(m_down, tr("Down"), tr("Let the rule below count before this one"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_add, m_remove, m_up, m_down}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    buildForm();
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::Gap);
    layout->addWidget(about);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    layout->addWidget(m_form);
}

void FormatRulesPage::buildForm()
{
    m_about->addItems(aboutNames());
    describe(m_about, tr("Kind of messages"), tr("Which messages the rule is about"));
    m_direction->addItems(directionNames());
    describe(m_direction, tr("Direction of messages"), tr("Which messages the rule is about"));
    m_topic->setPlaceholderText(tr("Whole messages; or e.g. sensors/+/temp"));
    describe(m_topic, tr("Topic"),
             tr("Not whole messages, but what they carry under this topic of MQTT, destination of STOMP or topic of "
                "Phoenix.\n+ stands for one level, # for all that follow, * for any characters."));
    m_format->setEditable(true);
    m_format->setInsertPolicy(QComboBox::NoInsert);
    m_format->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_format->completer()->setFilterMode(Qt::MatchContains);
    m_format->completer()->setCompletionMode(QCompleter::PopupCompletion);
    describe(m_format, tr("Read as"),
             tr("A format, or a chain of them: “gzip > msgpack” reads what gzip holds as MessagePack.\n“slice 4” "
                "leaves out the first four bytes, “slice 4 -2” also the last two."));
    auto *messages = new QHBoxLayout;
    messages->setSpacing(theme::Gap);
    messages->addWidget(m_about);
    messages->addWidget(m_direction);
    messages->addStretch();
    auto *form = new QFormLayout(m_form);
    form->setContentsMargins({});
    form->setVerticalSpacing(theme::Gap);
    form->addRow(tr("&Messages"), messages);
    form->addRow(tr("&Topic"), m_topic);
    form->addRow(tr("Read a&s"), m_format);
    static_cast<QLabel *>(form->labelForField(messages))->setBuddy(m_about);
}

void FormatRulesPage::setRules(const QList<DecodeRule> &rules)
{
    {
        const QScopedValueRollback showing(m_isShowing, true);
        m_list->clear();
        for (const DecodeRule &rule : rules)
            fillItem(new QTreeWidgetItem(m_list), rule);
        m_list->setCurrentItem(m_list->topLevelItem(0));
    }
    showRule();
}

QList<DecodeRule> FormatRulesPage::rules() const
{
    QList<DecodeRule> rules;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const DecodeRule rule = ruleOf(m_list->topLevelItem(row));
        if (!rule.format.isEmpty())
            rules.append(rule);
    }
    return rules;
}

void FormatRulesPage::setFormats(const FormatSet &formats)
{
    const QScopedValueRollback showing(m_isShowing, true);
    const QString text = m_format->currentText();
    m_format->clear();
    m_format->addItems(formats.ids());
    m_format->setCurrentText(text);
}

void FormatRulesPage::fillItem(QTreeWidgetItem *item, const DecodeRule &rule)
{
    const auto about = static_cast<int>(rule.about);
    item->setData(MessagesColumn, AboutRole, about);
    item->setData(MessagesColumn, DirectionRole, indexOf(rule.direction));
    item->setData(MessagesColumn, ChoiceRole, rule.isChoice);
    item->setText(MessagesColumn,
                  tr("%1, %2").arg(aboutNames().at(about), directionNames().at(indexOf(rule.direction))));
    item->setText(TopicColumn, rule.topic);
    item->setText(FormatColumn, rule.format);
}

DecodeRule FormatRulesPage::ruleOf(const QTreeWidgetItem *item)
{
    return {static_cast<DecodeRule::About>(item->data(MessagesColumn, AboutRole).toInt()),
            RuleDirections.at(static_cast<size_t>(item->data(MessagesColumn, DirectionRole).toInt())),
            item->text(TopicColumn), item->text(FormatColumn), item->data(MessagesColumn, ChoiceRole).toBool()};
}

void FormatRulesPage::showRule()
{
    updateButtons();
    const QTreeWidgetItem *item = m_list->currentItem();
    if (m_isShowing)
        return;
    const QScopedValueRollback showing(m_isShowing, true);
    const DecodeRule rule = item ? ruleOf(item) : DecodeRule();
    m_about->setCurrentIndex(static_cast<int>(rule.about));
    m_direction->setCurrentIndex(indexOf(rule.direction));
    m_topic->setText(rule.topic);
    m_format->setCurrentText(rule.format);
}

void FormatRulesPage::takeRule()
{
    QTreeWidgetItem *item = m_list->currentItem();
    if (m_isShowing || !item)
        return;
    fillItem(item, {static_cast<DecodeRule::About>(m_about->currentIndex()),
                    RuleDirections.at(static_cast<size_t>(m_direction->currentIndex())), m_topic->text().trimmed(),
                    m_format->currentText().simplified()});
    // It would take the click that comes next.
    if (QAbstractItemView *popup = m_format->completer()->popup(); popup->isVisible()) {
        if (m_format->findText(m_format->currentText(), Qt::MatchExactly) >= 0)
            popup->hide();
    }
    Q_EMIT changed();
}

void FormatRulesPage::addRule()
{
    auto *item = new QTreeWidgetItem(m_list);
    fillItem(item, {});
    m_list->setCurrentItem(item);
    m_format->setFocus(Qt::OtherFocusReason);
}

void FormatRulesPage::removeRule()
{
    delete m_list->currentItem();
    showRule();
    Q_EMIT changed();
}

void FormatRulesPage::moveRule(int by)
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    QTreeWidgetItem *item = m_list->takeTopLevelItem(row);
    m_list->insertTopLevelItem(row + by, item);
    m_list->setCurrentItem(item);
    Q_EMIT changed();
}

void FormatRulesPage::updateButtons()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->topLevelItemCount());
    m_form->setEnabled(row >= 0);
}

} // namespace sockeye
