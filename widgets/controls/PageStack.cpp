#include "widgets/controls/PageStack.h"

#include "widgets/controls/WrappedLabel.h"
#include "widgets/style/Theme.h"

namespace sockeye {

PageStack::PageStack(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_placeholder(new WrappedLabel(this))
{
    setProperty("surface", true);
    m_placeholder->setAlignment(Qt::AlignCenter);
    m_placeholder->setProperty("dim", true);
    m_placeholder->setMargin(2 * theme::Gap);
    addWidget(m_placeholder);
    addWidget(content);
}

void PageStack::showContent()
{
    setCurrentIndex(1);
}

void PageStack::showPlaceholder(const QString &text)
{
    m_placeholder->showText(text);
    setCurrentIndex(0);
}

} // namespace sockeye
