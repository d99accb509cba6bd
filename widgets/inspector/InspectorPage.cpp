#include "widgets/inspector/InspectorPage.h"

#include "widgets/controls/FindingList.h"
#include "widgets/controls/PageStack.h"

#include <QAbstractScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace sockeye {

InspectorPage::InspectorPage(Subject subject, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_subject(subject)
    , m_findings(new FindingList(this))
{
    setAccessibleName(title);
}

InspectorPage::~InspectorPage() = default;

void InspectorPage::showEntry(const EntryDetails &) {}

void InspectorPage::showConnection(const ConnectionDetails &) {}

void InspectorPage::showFindings(const Findings &findings)
{
    Findings ours;
    std::ranges::copy_if(findings, std::back_inserter(ours),
                         [this](const Finding &finding) { return concerns(finding); });
    m_findings->setFindings(ours);
}

bool InspectorPage::concerns(const Finding &) const
{
    return m_subject == Subject::Entry;
}

void InspectorPage::showPlaceholder(const QString &text)
{
    clear();
    m_stack->showPlaceholder(text);
}

QWidget *InspectorPage::focusTarget() const
{
    // Texts, tables and the hex view; the strips above them are a step of the Tab key away.
    const QList<QAbstractScrollArea *> areas = findChildren<QAbstractScrollArea *>();
    const auto target = std::ranges::find_if(
        areas, [](const QAbstractScrollArea *area) { return area->isVisible() && area->focusPolicy() != Qt::NoFocus; });
    return target == areas.end() ? nullptr : *target;
}

void InspectorPage::setContent(QWidget *content)
{
    m_stack = new PageStack(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_findings);
    layout->addWidget(m_stack, 1);
}

void InspectorPage::showContent()
{
    m_stack->showContent();
}

void InspectorPage::clear() {}

} // namespace sockeye
