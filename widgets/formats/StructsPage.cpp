#include "widgets/formats/StructsPage.h"

#include "formats/FormatSet.h"
#include "structs/StructDefinition.h"
#include "widgets/controls/Describe.h"
#include "widgets/structs/StructEditor.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int TextRole = Qt::UserRole;
constexpr int ListWidth = 130;

} // namespace

StructsPage::StructsPage(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_add(new QPushButton(tr("&Add"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
    , m_editor(new StructEditor(this))
{
    describe(m_list, tr("Structs"), tr("Structs that are described here; a rule names one as struct:NAME"));
    m_list->setFixedWidth(ListWidth);
    describe(m_add, tr("Add"), tr("Describe another struct"));
    describe(m_remove, tr("Remove"), tr("Take the struct away"));
    auto *side = new QVBoxLayout;
    side->addWidget(m_list, 1);
    for (QPushButton *button : {m_add, m_remove}) {
        button->setAutoDefault(false);
        side->addWidget(button);
    }
    auto *layout = new QHBoxLayout(this);
    layout->setSpacing(theme::Gap);
    layout->addLayout(side);
    layout->addWidget(m_editor, 1);
    connect(m_add, &QPushButton::clicked, this, &StructsPage::addStruct);
    connect(m_remove, &QPushButton::clicked, this, &StructsPage::removeStruct);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *, QListWidgetItem *before) {
        keepText(before);
        showStruct();
    });
    connect(m_editor, &StructEditor::changed, this, &StructsPage::takeText);
    showStruct();
}

void StructsPage::setTexts(const QStringList &texts, const QStringList &names)
{
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const QString name = names.value(i);
            auto *item = new QListWidgetItem(name.isEmpty() ? tr("(not understood)") : name);
            item->setData(TextRole, texts.at(i));
            m_list->addItem(item);
        }
        m_list->setCurrentRow(texts.isEmpty() ? -1 : 0);
    }
    showStruct();
}

void StructsPage::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_editor->setFormats(formats);
    // Of those that are as they were when it was made.
    for (int row = 0; row < m_list->count(); ++row) {
        const QString text = m_list->item(row)->data(TextRole).toString();
        const qsizetype known = formats->options().structs.indexOf(text);
        if (const QString name = formats->structNames().value(known); known >= 0 && !name.isEmpty())
            m_list->item(row)->setText(name);
    }
}

QStringList StructsPage::texts() const
{
    QStringList texts;
    for (int row = 0; row < m_list->count(); ++row) {
        const bool isCurrent = row == m_list->currentRow();
        // What was typed this moment counts, too.
        const QString text = isCurrent ? m_editor->text() : m_list->item(row)->data(TextRole).toString();
        if (!text.trimmed().isEmpty())
            texts += text;
    }
    return texts;
}

void StructsPage::setExample(const QByteArray &payload)
{
    m_editor->setExample(payload);
}

void StructsPage::addStruct()
{
    auto *item = new QListWidgetItem(tr("(new)"));
    m_list->addItem(item);
    m_list->setCurrentItem(item);
    m_editor->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void StructsPage::removeStruct()
{
    const std::unique_ptr<QListWidgetItem> removed(m_list->takeItem(m_list->currentRow()));
    showStruct();
    Q_EMIT changed();
}

/// What was typed a moment ago is not lost.
void StructsPage::keepText(QListWidgetItem *item)
{
    if (item && m_editor->isEnabled())
        item->setData(TextRole, m_editor->text());
}

void StructsPage::showStruct()
{
    const QListWidgetItem *item = m_list->currentItem();
    m_editor->setEnabled(item != nullptr);
    m_editor->setText(item ? item->data(TextRole).toString() : QString());
    updateButtons();
}

void StructsPage::takeText()
{
    QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    item->setData(TextRole, m_editor->text());
    if (const auto definition = m_editor->definition(); definition && m_editor->isValid())
        item->setText(definition->name());
    Q_EMIT changed();
}

void StructsPage::updateButtons()
{
    m_remove->setEnabled(m_list->currentItem() != nullptr);
}

} // namespace sockeye
