#include "widgets/inspector/ScrolledPage.h"

#include "widgets/style/Theme.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace sockeye {

ScrolledPage::ScrolledPage(const QString &title, QWidget *parent)
    : InspectorPage(Subject::Connection, title, parent)
{
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
    scroll->setAccessibleName(title);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    // A word that is wider than a small window's inspector is to be reached, not cut.
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setWidget(content);
    setContent(scroll);
}

ScrolledPage::~ScrolledPage() = default;

} // namespace sockeye
