#include "widgets/inspector/ScrolledPage.h"

#include "widgets/controls/PageStack.h"
#include "widgets/style/Theme.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace sockeye {

ScrolledPage::ScrolledPage(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    auto *content = new QWidget(this);
    content->setProperty("surface", true);
    content->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(theme::Gap + 2, theme::Gap, theme::Gap + 2, theme::Gap);
    layout->setSpacing(0);
    m_sections = new QVBoxLayout;
    m_sections->setSpacing(theme::Gap);
    layout->addLayout(m_sections);
    layout->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    m_stack = new PageStack(scroll, this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_stack);
}

ScrolledPage::~ScrolledPage() = default;

void ScrolledPage::showWords(const QString &text)
{
    m_stack->showWords(text);
}

void ScrolledPage::showContent()
{
    m_stack->showContent();
}

} // namespace sockeye
