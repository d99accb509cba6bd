#include "widgets/window/Panels.h"

#include "library/Settings.h"
#include "widgets/style/Theme.h"
#include "widgets/window/Documents.h"

#include <QEvent>
#include <QWidget>

#include <utility>

namespace sockeye {
namespace {

using Key = Settings::Key;

Key keyOf(Panel panel, bool isSmall)
{
    // By Panel.
    static constexpr std::array Large{Key::ProfilesVisible, Key::InspectorVisible, Key::ComposerVisible,
                                      Key::TimelineVisible};
    static constexpr std::array Small{Key::SmallProfilesVisible, Key::SmallInspectorVisible, Key::SmallComposerVisible,
                                      Key::SmallTimelineVisible};
    return (isSmall ? Small : Large)[static_cast<size_t>(panel)];
}

Key inspectorBelowKey(bool isSmall)
{
    return isSmall ? Key::SmallInspectorBelow : Key::InspectorBelow;
}

} // namespace

Panels::Panels(Settings &settings, Documents &documents, QWidget &window, QWidget &profiles)
    : m_settings(settings)
    , m_documents(documents)
    , m_window(window)
    , m_profiles(profiles)
{
    m_window.installEventFilter(this);
    connect(&m_documents, &Documents::tabMade, this, &Panels::addTab);
}

bool Panels::isShown(Panel panel) const
{
    return m_settings.value(keyOf(panel, m_isSmall)).toBool();
}

void Panels::toggle(Panel panel)
{
    m_settings.setValue(keyOf(panel, m_isSmall), !isShown(panel));
    apply();
}

bool Panels::isInspectorBelow() const
{
    return m_settings.value(inspectorBelowKey(m_isSmall)).toBool();
}

void Panels::setInspectorBelow(bool below)
{
    m_settings.setValue(inspectorBelowKey(m_isSmall), below);
    apply();
}

void Panels::apply()
{
    m_profiles.setVisible(isShown(Panel::Profiles));
    for (DocumentTab *tab : m_documents.all())
        applyTo(tab);
}

void Panels::addTab(DocumentTab *tab)
{
    connect(tab, &DocumentTab::timelineWanted, this, [this] {
        if (!isShown(Panel::Timeline))
            toggle(Panel::Timeline);
    });
    applyTo(tab);
}

void Panels::applyTo(DocumentTab *tab) const
{
    tab->setPanels({.inspector = isShown(Panel::Inspector),
                    .foot = isShown(Panel::Composer),
                    .timeline = isShown(Panel::Timeline),
                    .isInspectorBelow = isInspectorBelow(),
                    .isSmall = m_isSmall});
}

bool Panels::eventFilter(QObject *watched, QEvent *event)
{
    const bool isSmall = m_window.width() < theme::SmallWindowWidth;
    if (watched == &m_window && event->type() == QEvent::Resize && std::exchange(m_isSmall, isSmall) != isSmall)
        apply();
    return QObject::eventFilter(watched, event);
}

} // namespace sockeye
