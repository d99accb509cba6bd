#include "formats/MessageFormats.h"

#include <algorithm>

namespace sockeye {

namespace {

bool isOf(const DecodeRule &rule, DecodeRule::About about, Direction direction)
{
    return rule.topic.isEmpty() && rule.about == about && rule.direction == direction;
}

} // namespace

MessageFormats::MessageFormats(QObject *parent)
    : QObject(parent)
{
}

void MessageFormats::setOptions(const DecodeOptions &options)
{
    if (m_options == options)
        return;
    m_options = options;
    if (options.schemas.isEmpty()) {
        m_job.cancel();
        m_set = FormatSet::make(options);
        Q_EMIT optionsChanged();
        Q_EMIT changed();
        return;
    }
    m_job.start([this, options](const JobContext &job) {
        const auto set = FormatSet::make(options, job.token());
        job.report([this, set] {
            m_set = set;
            Q_EMIT changed();
        });
    });
    Q_EMIT optionsChanged();
}

void MessageFormats::setFormat(DecodeRule::About about, Direction direction, const QString &id)
{
    DecodeOptions options = m_options;
    options.rules.removeIf([=](const DecodeRule &rule) { return isOf(rule, about, direction); });
    // The latest choice comes before what was said of more messages.
    if (!id.isEmpty())
        options.rules.prepend({about, direction, {}, id});
    setOptions(options);
}

QString MessageFormats::format(DecodeRule::About about, Direction direction) const
{
    const auto found =
        std::ranges::find_if(m_options.rules, [=](const DecodeRule &rule) { return isOf(rule, about, direction); });
    return found == m_options.rules.end() ? QString() : found->format;
}

} // namespace sockeye
