#include "widgets/commands/FuzzyMatch.h"

#include <QString>

#include <algorithm>
#include <array>
#include <limits>

namespace sockeye {
namespace {

constexpr qsizetype MostTyped = 64;
constexpr qsizetype MostOfName = 256;

constexpr int Letter = 10;
constexpr int WordStart = 12;
constexpr int NameStart = 6;
constexpr int InARow = 8;
/// For each letter passed over between two that match, up to a limit: far is far.
constexpr int Gap = 1;
constexpr int MostGap = 10;
constexpr int Impossible = std::numeric_limits<int>::min() / 2;

bool startsWord(QStringView name, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = name[at - 1];
    const QChar here = name[at];
    return (here.isLetterOrNumber() && !before.isLetterOrNumber()) || (here.isUpper() && before.isLower());
}

int scoreOf(QStringView name, qsizetype at)
{
    return Letter + (startsWord(name, at) ? WordStart : 0) + (at == 0 ? NameStart : 0);
}

/// The best score of the letters typed so far if the last of them stands at a place of the name, for each place, and
/// where the one before it stands then.
struct Step
{
    std::array<int, MostOfName> score;
    std::array<qsizetype, MostOfName> before;
};

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView typed, QStringView name)
{
    QString letters;
    for (const QChar c : typed.first(std::min(typed.size(), MostTyped))) {
        if (!c.isSpace())
            letters += c.toCaseFolded();
    }
    if (letters.isEmpty())
        return FuzzyMatch();
    const QStringView shown = name.first(std::min(name.size(), MostOfName));
    const qsizetype size = shown.size();
    QList<Step> steps(letters.size());
    for (qsizetype n = 0; n < letters.size(); ++n) {
        Step &step = steps[n];
        bool isFound = false;
        for (qsizetype at = 0; at < size; ++at) {
            step.score[static_cast<size_t>(at)] = Impossible;
            step.before[static_cast<size_t>(at)] = -1;
            if (shown[at].toCaseFolded() != letters[n])
                continue;
            int best = n == 0 ? 0 : Impossible;
            for (qsizetype before = n - 1; n > 0 && before < at; ++before) {
                const int gap = static_cast<int>(std::min<qsizetype>(at - before - 1, MostGap));
                const int score = steps[n - 1].score[static_cast<size_t>(before)] + (gap == 0 ? InARow : -gap * Gap);
                if (score > best) {
                    best = score;
                    step.before[static_cast<size_t>(at)] = before;
                }
            }
            if (best <= Impossible / 2)
                continue;
            step.score[static_cast<size_t>(at)] = best + scoreOf(shown, at);
            isFound = true;
        }
        if (!isFound)
            return std::nullopt;
    }
    const Step &last = steps.constLast();
    const auto end = last.score.begin() + size;
    auto at = static_cast<qsizetype>(std::max_element(last.score.begin(), end) - last.score.begin());
    FuzzyMatch match;
    // Of two names that have the same letters the same way, the shorter one is nearer to what was typed.
    match.score = last.score[static_cast<size_t>(at)] * 4 - static_cast<int>(size) / 8;
    for (qsizetype n = letters.size() - 1; n >= 0; --n) {
        match.positions.prepend(at);
        at = steps[n].before[static_cast<size_t>(at)];
    }
    return match;
}

} // namespace sockeye
