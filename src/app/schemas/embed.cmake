# Writes each JSON Schema beside this file as a C string: cmake -D OUT=schemas.c -P embed.cmake
file(GLOB schemas "${CMAKE_CURRENT_LIST_DIR}/*.json")
set(text "/* Generated from the files of src/app/schemas/. */\n#include \"app/schema.h\"\n")
foreach(schema IN LISTS schemas)
  get_filename_component(name "${schema}" NAME_WE)
  file(READ "${schema}" bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
         "\\1\n" bytes "${bytes}")
  string(APPEND text "\nconst char schema_${name}[] = {\n${bytes}0};\n")
endforeach()
file(WRITE "${OUT}" "${text}")
