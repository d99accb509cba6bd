#include "widgets/inspector/InspectorPage.h"

#include "widgets/controls/PageStack.h"

#include <QVBoxLayout>

namespace sockeye {

InspectorPage::InspectorPage(Subject subject, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_subject(subject)
{
    setAccessibleName(title);
}

InspectorPage::~InspectorPage() = default;

void InspectorPage::showEntry(const EntryDetails &) {}

void InspectorPage::showConnection(const ConnectionDetails &) {}

void InspectorPage::showPlaceholder(const QString &text)
{
    clear();
    m_stack->showPlaceholder(text);
}

void InspectorPage::setContent(QWidget *content)
{
    m_stack = new PageStack(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
}

void InspectorPage::showContent()
{
    m_stack->showContent();
}

void InspectorPage::clear() {}

} // namespace sockeye
