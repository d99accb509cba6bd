#include "widgets/controls/PageStack.h"

#include "widgets/style/Theme.h"

#include <QLabel>

namespace sockeye {

PageStack::PageStack(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_placeholder(new QLabel(this))
{
    setProperty("surface", true);
    m_placeholder->setAlignment(Qt::AlignCenter);
    m_placeholder->setWordWrap(true);
    m_placeholder->setProperty("dim", true);
    m_placeholder->setMargin(2 * theme::Gap);
    m_placeholder->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addWidget(m_placeholder);
    addWidget(content);
}

void PageStack::showContent()
{
    setCurrentIndex(1);
}

void PageStack::showPlaceholder(const QString &text)
{
    m_placeholder->setText(text);
    setCurrentIndex(0);
}

} // namespace sockeye
