#include "shapes/ShapeTable.h"

#include "base/Bytes.h"

#include <algorithm>

namespace sockeye {

void ShapeSums::add(EntryId id, Timestamp time, qint64 size)
{
    if (count == 0) {
        first = id;
        firstTime = time;
    }
    ++count;
    bytes += size;
    smallest = std::min(smallest, size);
    if (size > largest) {
        largest = size;
        example = id;
    }
    last = id;
    lastTime = time;
}

void ShapeSums::add(const ShapeSums &other)
{
    if (other.count == 0)
        return;
    if (count == 0 || other.first < first) {
        first = other.first;
        firstTime = other.firstTime;
    }
    if (count == 0 || last < other.last) {
        last = other.last;
        lastTime = other.lastTime;
    }
    if (other.largest > largest || (other.largest == largest && other.example < example)) {
        largest = other.largest;
        example = other.example;
    }
    smallest = std::min(smallest, other.smallest);
    count += other.count;
    bytes += other.bytes;
}

void ShapeTable::add(const Message &message)
{
    m_sums.add(message.id, message.time, message.size);
    shapeFor(message).sums.add(message.id, message.time, message.size);
}

Shape &ShapeTable::shapeFor(const Message &message)
{
    Key key{.direction = message.direction};
    if (!message.tree) {
        key.what = message.isText ? Shape::What::Text : Shape::What::Binary;
        return place(key, message);
    }
    key.ids = shapeIds(*message.tree);
    key.format = message.format;
    if (const auto known = m_places.constFind(key); known != m_places.cend())
        return m_shapes[*known];
    // A kind with ever new keys is still one kind. One that says nothing of its kind is told apart by its keys alone.
    const auto group = m_groups.constFind({key.what, key.direction, {key.ids.kind, 0}, key.format});
    if (group != m_groups.cend() && group->keySets >= MaxKeySets) {
        key.what = Shape::What::OtherKeys;
        key.ids.keys = 0;
    }
    if (m_shapes.size() >= MaxShapes && !m_places.contains(key))
        key = {.what = Shape::What::Other, .direction = message.direction};
    return place(key, message);
}

Shape &ShapeTable::place(const Key &key, const Message &message)
{
    const auto known = m_places.constFind(key);
    if (known != m_places.cend())
        return m_shapes[*known];
    // Those of other keys belong to the group of their kind.
    const auto what = key.what == Shape::What::OtherKeys ? Shape::What::Decoded : key.what;
    const Key groupKey{what, key.direction, {key.ids.kind, 0}, key.format};
    const auto next = m_groups.size();
    Group &group = m_groups[groupKey];
    if (group.keySets == 0)
        group.index = next;
    ++group.keySets;

    Shape shape{.what = key.what, .direction = key.direction, .ids = key.ids, .group = group.index};
    if (key.format) {
        shape.formatId = key.format->id();
        shape.formatName = key.format->name();
    }
    if (message.tree && what == Shape::What::Decoded) {
        shape.kind = textFromUtf8(shapeKind(*message.tree));
        if (key.what == Shape::What::Decoded)
            shape.keys = shapeKeys(*message.tree);
    }
    m_places.insert(key, m_shapes.size());
    m_shapes.push_back(std::move(shape));
    return m_shapes.back();
}

} // namespace sockeye
