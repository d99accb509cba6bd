#include "widgets/controls/Banner.h"

#include "base/CombiningMarks.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Icons.h"
#include "widgets/style/StateSign.h"
#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace sockeye {
namespace {

/// What the style sheet knows the kinds by.
QString roleOf(Banner::Kind kind)
{
    switch (kind) {
    case Banner::Kind::Information:
        return QStringLiteral("information");
    case Banner::Kind::Warning:
        return QStringLiteral("warning");
    case Banner::Kind::Failure:
        break;
    }
    return QStringLiteral("failure");
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_offers{new QPushButton(this), new QPushButton(this)}
    , m_close(new QToolButton(this))
{
    setProperty("banner", QStringLiteral("failure"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss this message"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        dismiss();
        Q_EMIT dismissed();
    });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    for (qsizetype i = 0; i < MaxOffers; ++i) {
        QPushButton *button = m_offers[size_t(i)];
        button->setAutoDefault(false);
        // Taken from a copy: what is done may bring the next message.
        connect(button, &QPushButton::clicked, this, [this, i] {
            if (const auto take = m_takes.value(i))
                take();
        });
        layout->addWidget(button);
    }
    layout->addWidget(m_close);
    updateIcons();
    hide();
}

void Banner::showMessage(const QString &message)
{
    show(Kind::Failure, message);
}

void Banner::showWarning(const QString &message)
{
    show(Kind::Warning, message);
}

void Banner::show(Kind kind, const QString &message)
{
    m_kind = kind;
    setStyleRole(this, "banner", roleOf(kind));
    updateIcons();
    m_takes.clear();
    for (QPushButton *button : m_offers)
        button->hide();
    m_text->setText(withFewMarks(message));
    QFrame::show();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::amend(const QString &message)
{
    m_text->setText(withFewMarks(message));
}

void Banner::showOffers(Kind kind, const QString &message, const QList<BannerOffer> &offers)
{
    Q_ASSERT(offers.size() <= MaxOffers);
    show(kind, message);
    for (const BannerOffer &offer : offers) {
        QPushButton *button = m_offers[size_t(m_takes.size())];
        m_takes += offer.take;
        button->setText(offer.text);
        button->setAccessibleName(QString(offer.text).remove(u'…'));
        button->setToolTip(offer.toolTip);
        button->show();
    }
}

void Banner::withdrawOffer()
{
    if (!m_takes.isEmpty())
        dismiss();
}

void Banner::dismiss()
{
    m_takes.clear();
    m_text->clear();
    hide();
}

QString Banner::message() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QFrame::changeEvent(event);
}

void Banner::updateIcons()
{
    constexpr int IconSize = 16;
    const ThemeColors &colors = theme::colors(palette());
    QIcon icon;
    QString name;
    switch (m_kind) {
    case Kind::Information:
        icon = icons::get(QStringLiteral("info"), palette());
        name = tr("Information");
        break;
    case Kind::Warning:
        icon = icons::state(StateSign::Interrupted, colors);
        name = tr("Warning");
        break;
    case Kind::Failure:
        icon = icons::state(StateSign::Failed, colors);
        name = tr("Failure");
        break;
    }
    setAccessibleName(name);
    m_icon->setAccessibleName(name);
    m_icon->setToolTip(name);
    m_icon->setPixmap(icon.pixmap(QSize(IconSize, IconSize), devicePixelRatioF()));
    m_close->setIcon(icons::get(QStringLiteral("close"), palette()));
}

} // namespace sockeye
