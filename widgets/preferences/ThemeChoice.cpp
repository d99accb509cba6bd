#include "widgets/preferences/ThemeChoice.h"

#include "library/Settings.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString nameOf(theme::Scheme scheme)
{
    switch (scheme) {
    case theme::Scheme::Light:
        return u"light"_s;
    case theme::Scheme::Dark:
        return u"dark"_s;
    case theme::Scheme::System:
        break;
    }
    return u"system"_s;
}

} // namespace

ThemeChoice::ThemeChoice(Settings &settings)
    : m_settings(settings)
{
    const QString name = m_settings.value(Settings::Key::Theme).toString();
    for (const theme::Scheme scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
        if (name == nameOf(scheme))
            m_scheme = scheme;
    }
}

void ThemeChoice::choose(theme::Scheme scheme)
{
    m_scheme = scheme;
    m_settings.setValue(Settings::Key::Theme, nameOf(scheme));
    apply();
}

void ThemeChoice::apply() const
{
    theme::apply(*qobject_cast<QApplication *>(QCoreApplication::instance()), m_scheme);
}

} // namespace sockeye
