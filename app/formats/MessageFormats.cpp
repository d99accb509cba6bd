#include "formats/MessageFormats.h"

#include <algorithm>

namespace sockeye {

namespace {

bool isChoiceOf(const DecodeRule &rule, DecodeRule::About about, Direction direction)
{
    return rule.isChoice && rule.about == about && rule.direction == direction;
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
    make(m_set);
    Q_EMIT optionsChanged();
}

void MessageFormats::readAgain()
{
    make(nullptr);
}

void MessageFormats::make(const std::shared_ptr<const FormatSet> &former)
{
    if (m_options.schemas.isEmpty() && m_options.structs.isEmpty()) {
        m_job.cancel();
        m_isReading = false;
        m_set = FormatSet::make(m_options);
        Q_EMIT changed();
        return;
    }
    m_isReading = true;
    Q_EMIT readingChanged();
    m_job.start([this, options = m_options, former](const JobContext &job) {
        const auto set = FormatSet::make(options, job.token(), former.get());
        job.report([this, set] {
            m_set = set;
            m_isReading = false;
            Q_EMIT readingChanged();
            Q_EMIT changed();
        });
    });
}

void MessageFormats::setFormat(DecodeRule::About about, Direction direction, const QString &id)
{
    DecodeOptions options = m_options;
    options.rules.removeIf([=](const DecodeRule &rule) { return isChoiceOf(rule, about, direction); });
    // The latest choice comes before what was said of more messages.
    if (!id.isEmpty())
        options.rules.prepend({about, direction, {}, id, true});
    setOptions(options);
}

QString MessageFormats::format(DecodeRule::About about, Direction direction) const
{
    const auto found = std::ranges::find_if(m_options.rules,
                                            [=](const DecodeRule &rule) { return isChoiceOf(rule, about, direction); });
    return found == m_options.rules.end() ? QString() : found->format;
}

} // namespace sockeye
