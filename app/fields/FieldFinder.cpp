#include "fields/FieldFinder.h"

#include "base/Bytes.h"
#include "decode/NodePath.h"

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

bool hasName(const NodeTree &tree, qint32 index, const QByteArray &name)
{
    const Node &node = tree.at(index);
    if (node.isLabelled)
        return tree.labelBytes(node) == name;
    const QByteArrayView written = tree.nameBytes(node);
    // With its quotes, and maybe with escapes.
    if (!written.contains('\\'))
        return written.size() == name.size() + 2 && written.sliced(1, name.size()) == name;
    return tree.name(index) == textFromUtf8(name);
}

bool isStep(const NodeTree &tree, qint32 index, const FieldPath::Step &step)
{
    if (std::holds_alternative<FieldPath::Any>(step))
        return true;
    if (const auto *name = std::get_if<QByteArray>(&step))
        return !isPathElement(tree, index) && hasName(tree, index, *name);
    return tree.at(index).row == std::get<qint64>(step) && isPathElement(tree, index);
}

} // namespace

FieldFinder::FieldFinder(FieldPath path)
    : m_path(std::move(path))
{
}

bool FieldFinder::isMeant(const NodeTree &tree, qint32 index) const
{
    const auto &steps = m_path.steps();
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        // No step leads to where paths begin.
        if (isPathRoot(tree, index) || !isStep(tree, index, *step))
            return false;
        index = tree.at(index).parent;
    }
    return !m_path.isFromRoot() || isPathRoot(tree, index);
}

const std::vector<qint32> &FieldFinder::in(const NodeTree &tree)
{
    m_found.clear();
    for (qint32 index = 0; index < tree.size(); ++index) {
        if (isMeant(tree, index))
            m_found.push_back(index);
    }
    return m_found;
}

qint32 FieldFinder::firstIn(const NodeTree &tree) const
{
    for (qint32 index = 0; index < tree.size(); ++index) {
        if (isMeant(tree, index))
            return index;
    }
    return Node::None;
}

std::optional<double> numberAt(const NodeTree &tree, qint32 node)
{
    const Node &value = tree.at(node);
    const QByteArrayView text = tree.textBytes(value);
    if (value.kind == Node::Kind::Boolean)
        return text == "true" ? 1.0 : 0.0;
    if (value.kind != Node::Kind::Number && value.kind != Node::Kind::String)
        return {};
    // Longer ones are words.
    constexpr qsizetype MaxDigits = 400;
    const bool isJsonString = value.kind == Node::Kind::String && value.textPlace == Node::TextPlace::Json;
    const QByteArrayView digits = isJsonString && text.size() >= 2 ? text.sliced(1).chopped(1) : text;
    if (digits.isEmpty() || digits.size() > MaxDigits)
        return {};
    bool isNumber = false;
    const double number = digits.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

} // namespace sockeye
