#include "widgets/tab/UrlNote.h"

#include "endpoint/InvisibleCheck.h"
#include "endpoint/UrlParser.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sockeye {

UrlNote::UrlNote(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    m_text->setAccessibleName(tr("About the URL"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    describe(m_remove, tr("Remove invisible characters"),
             tr("Remove the invisible characters, and quotation marks around the URL"));
    m_remove->setAutoDefault(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_remove);
    connect(m_remove, &QPushButton::clicked, this, &UrlNote::removeRequested);
    hide();
}

void UrlNote::showUrl(const QString &url, bool sendInvisible)
{
    Endpoint endpoint;
    endpoint.url = url;
    endpoint.sendInvisible = sendInvisible;
    const QString problem = problemOfInvisible(fieldOf(&Endpoint::url), endpoint);
    const QString text = problem.isEmpty() ? encodingNote(url) : problem;
    m_text->setText(text);
    m_remove->setVisible(!problem.isEmpty());
    setStyleRole(m_text, "warning", !problem.isEmpty());
    setStyleRole(m_text, "dim", problem.isEmpty());
    setVisible(!text.isEmpty());
}

QString UrlNote::text() const
{
    return m_text->text();
}

} // namespace sockeye
