#include "widgets/window/Panels.h"

#include "library/Settings.h"
#include "widgets/window/Documents.h"

namespace sockeye {
namespace {

/// By Panel.
constexpr std::array Keys{Settings::Key::ProfilesVisible, Settings::Key::InspectorVisible,
                          Settings::Key::ComposerVisible, Settings::Key::TimelineVisible};

} // namespace

Panels::Panels(Settings &settings, Documents &documents, QWidget &profiles)
    : m_settings(settings)
    , m_documents(documents)
    , m_profiles(profiles)
{
    for (size_t i = 0; i < Keys.size(); ++i)
        m_shown[i] = m_settings.value(Keys[i]).toBool();
    connect(&m_documents, &Documents::tabMade, this, &Panels::applyTo);
}

void Panels::toggle(Panel panel)
{
    const auto i = static_cast<size_t>(panel);
    m_shown[i] = !m_shown[i];
    m_settings.setValue(Keys[i], m_shown[i]);
    apply();
}

void Panels::apply()
{
    m_profiles.setVisible(isShown(Panel::Profiles));
    for (DocumentTab *tab : m_documents.all())
        applyTo(tab);
}

void Panels::applyTo(DocumentTab *tab) const
{
    tab->setPanels(isShown(Panel::Inspector), isShown(Panel::Composer), isShown(Panel::Timeline));
}

} // namespace sockeye
