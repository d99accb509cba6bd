#include "widgets/controls/PageStack.h"

#include "widgets/style/Theme.h"

#include <QLabel>

namespace sockeye {

PageStack::PageStack(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_words(new QLabel(this))
{
    setProperty("surface", true);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    m_words->setProperty("dim", true);
    m_words->setMargin(2 * theme::Gap);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addWidget(m_words);
    addWidget(content);
}

void PageStack::showContent()
{
    setCurrentIndex(1);
}

void PageStack::showWords(const QString &text)
{
    m_words->setText(text);
    setCurrentIndex(0);
}

} // namespace sockeye
