#include "widgets/style/StateSign.h"

#include "widgets/style/Icons.h"

namespace sockeye {

StateSign endSign(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return StateSign::Failed;
    case Severity::Warning:
        return StateSign::Interrupted;
    case Severity::Note:
        break;
    }
    return StateSign::Idle;
}

QColor theme::stateColor(StateSign sign, const ThemeColors &colors)
{
    switch (sign) {
    case StateSign::Busy:
        return colors.control;
    case StateSign::Open:
        return colors.ok;
    case StateSign::Interrupted:
        return colors.warning;
    case StateSign::Failed:
        return colors.error;
    case StateSign::Idle:
        break;
    }
    return colors.dimText;
}

QColor theme::severityColor(Severity severity, const ThemeColors &colors)
{
    return stateColor(endSign(severity), colors);
}

namespace {

const char *shapeOf(StateSign sign)
{
    switch (sign) {
    case StateSign::Busy:
        return R"(<circle cx="8" cy="8" r="3.4" fill="none" stroke="currentColor" stroke-width="1.2"/>)"
               R"(<path d="M8 4a4 4 0 0 1 0 8z" fill="currentColor"/>)";
    case StateSign::Open:
        return R"(<circle cx="8" cy="8" r="4" fill="currentColor"/>)";
    case StateSign::Interrupted:
        return R"(<path d="M8 3.4l5 9.2H3z" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round"/>)"
               R"(<path d="M8 6.8v2.4M8 10.7v.1" stroke="currentColor" stroke-width="1.2" stroke-linecap="round"/>)";
    case StateSign::Failed:
        return R"(<path fill-rule="evenodd" fill="currentColor" d="M8 2.4l6 10.8H2zM7.3 6v3.6h1.4V6zM7.3 10.5v1.4h1.4v-1.4z"/>)";
    case StateSign::Idle:
        break;
    }
    return R"(<circle cx="8" cy="8" r="3.4" fill="none" stroke="currentColor" stroke-width="1.2"/>)";
}

} // namespace

QIcon icons::state(StateSign sign, const ThemeColors &colors)
{
    return drawn(shapeOf(sign), theme::stateColor(sign, colors));
}

} // namespace sockeye
