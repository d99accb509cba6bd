#include "widgets/controls/FactList.h"

#include "base/CombiningMarks.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/style/Theme.h"

#include <QGridLayout>
#include <QLabel>

namespace sockeye {

FactList::FactList(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(2 * theme::Gap);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<Fact> &facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Fact &fact : facts) {
        if (!fact.text.isEmpty())
            addRow(fact);
    }
}

void FactList::addRow(const Fact &fact)
{
    const int row = m_grid->rowCount();
    auto *name = new QLabel(withFewMarks(fact.name), this);
    name->setProperty("dim", true);
    auto *text = new WrappedLabel(fact.text, this);
    text->setAccessibleName(fact.name);
    // The name is read in place of the text.
    text->setAccessibleDescription(withFewMarks(fact.text));
    if (fact.role)
        text->setProperty(fact.role, true);
    if (fact.isData)
        text->setFont(theme::dataFont());
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addWidget(text, row, 1);
}

} // namespace sockeye
